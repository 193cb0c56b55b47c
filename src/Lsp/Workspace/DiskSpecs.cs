using System.Collections.Immutable;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Search;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Workspace;

/// <summary>
/// The specs of the workspace's directories that are not open: found when they are first asked for, as <c>vpython3 lint</c> finds them, and kept in step by what the client
/// tells of changed files; those that it does not tell of are looked at again whenever all are asked for. Asked by several threads.
/// </summary>
internal sealed class DiskSpecs
{
    private readonly Lock _gate = new();
    private readonly Lock _search = new();
    private readonly GuardReader _guards = new();
    private readonly HashSet<string> _missed = [];
    private Dictionary<string, KnownSpec>? _known;
    private Surroundings? _surroundings;
    private int _searches;

    /// <summary>Whether the client tells of changes to a file.</summary>
    public Func<string, bool> IsTold { get; set; } = static _ => false;

    /// <summary>Whether the directories were searched.</summary>
    public bool IsSearched
    {
        get
        {
            lock (_gate) return _known is not null;
        }
    }

    /// <summary>All specs: those that are open, as they are shown, and those on the disk; in the order of their paths.</summary>
    public ImmutableArray<AnalyzedDocument> All(WorkspaceSnapshot snapshot, CancellationToken cancellation)
    {
        if (!IsSearched) Search(snapshot, cancellation);
        var all = new List<AnalyzedDocument>();
        lock (_gate)
        {
            // Forgotten since: who forgot it has it searched again.
            if (_known is null) return [.. snapshot.Documents.Values.Where(static document => document.HasSpec)];
            if (_surroundings != snapshot.Surroundings) Renew(snapshot);
            foreach (string path in _known.Where(pair => !IsTold(pair.Key) && FileState.Of(pair.Key) != pair.Value.State).Select(static pair => pair.Key).ToArray()) Update(path, snapshot);
            all.AddRange(_known.Values.Select(static known => known.Document).Where(spec => !snapshot.Documents.ContainsKey(spec.Text.Path)));
        }
        all.AddRange(snapshot.Documents.Values.Where(static document => document.HasSpec));
        all.Sort(static (left, right) => PathOrder.Instance.Compare(left.Text.Path, right.Text.Path));
        return [.. all];
    }

    /// <summary>Forgets everything: the directories are others now.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _known = null;
            _searches++;
        }
    }

    /// <summary>Looks at a file again that has changed on the disk, come or gone, and at the spec beside it.</summary>
    /// <returns>Whether it is a spec now, or was one.</returns>
    public bool Update(string path, WorkspaceSnapshot snapshot)
    {
        lock (_gate)
        {
            if (_known is null)
            {
                _missed.Add(path);
                return false;
            }
            bool wasSpec = _known.Remove(path);
            bool isSpec = IsBelow(path, snapshot.Folders) && Read(path, snapshot) is { } known && _known.TryAdd(path, known);
            return RenewPartner(path, snapshot) || wasSpec || isSpec;
        }
    }

    /// <summary>The spec beside a script has to be looked at again when the script is another one.</summary>
    public bool RenewPartner(string path, WorkspaceSnapshot snapshot)
    {
        string partner = path + SpecFamily.TextFormat.PartnerSuffix;
        lock (_gate)
        {
            if (_known is null || !_known.TryGetValue(partner, out KnownSpec known)) return false;
            _known[partner] = known.In(snapshot);
            return true;
        }
    }

    /// <summary>Whether a directory is one that people have specs in; a whole disk, or all that somebody has, is not searched.</summary>
    public static bool IsSearchable(string directory)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string trimmed = Path.TrimEndingDirectorySeparator(directory);
        return Path.GetDirectoryName(trimmed) is not null && !OverlayFiles.PathComparer.Equals(trimmed, Path.TrimEndingDirectorySeparator(home)) && Directory.Exists(trimmed);
    }

    private static bool IsBelow(string path, ImmutableArray<string> folders) => folders.Any(folder =>
        path.Length > folder.Length && path.StartsWith(folder, StringComparison.Ordinal) && (Path.EndsInDirectorySeparator(folder) || path[folder.Length] == Path.DirectorySeparatorChar));

    /// <summary>Searches the directories, which takes long where they are large, and holds up nobody who tells of changes: those are made afterwards.</summary>
    private void Search(WorkspaceSnapshot snapshot, CancellationToken cancellation)
    {
        lock (_search)
        {
            int search;
            lock (_gate)
            {
                if (_known is not null) return;
                search = _searches;
            }
            Dictionary<string, KnownSpec> found = Find(snapshot, cancellation);
            lock (_gate)
            {
                if (search != _searches) return;
                _known = found;
                _surroundings = snapshot.Surroundings;
                foreach (string path in _missed.ToArray()) Update(path, snapshot);
                _missed.Clear();
            }
        }
    }

    private static Dictionary<string, KnownSpec> Find(WorkspaceSnapshot snapshot, CancellationToken cancellation)
    {
        var found = new Dictionary<string, KnownSpec>(OverlayFiles.PathComparer);
        foreach (string folder in snapshot.Folders.Where(IsSearchable))
        {
            cancellation.ThrowIfCancellationRequested();
            List<SpecFile> files = SpecFiles.In(folder);
            var specs = new KnownSpec?[files.Count];
            Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = cancellation }, index => specs[index] = Open(files[index].Path, snapshot));
            foreach (KnownSpec spec in specs.OfType<KnownSpec>()) found.TryAdd(spec.Document.Text.Path, spec);
        }
        return found;
    }

    private void Renew(WorkspaceSnapshot snapshot)
    {
        foreach (string path in _known!.Keys.ToArray()) _known[path] = _known[path].In(snapshot);
        _surroundings = snapshot.Surroundings;
    }

    private KnownSpec? Read(string path, WorkspaceSnapshot snapshot) =>
        File.Exists(path) && (SpecFileName.IsStandalone(Path.GetFileName(path)) || _guards.HoldsGuard(path)) ? Open(path, snapshot) : null;

    /// <summary>Reads a file; null when it is or holds no spec, cannot be read, or is too long to be looked at.</summary>
    private static KnownSpec? Open(string path, WorkspaceSnapshot snapshot)
    {
        // Before it is read: what changes meanwhile is another state.
        FileState state = FileState.Of(path);
        if (state.Length is < 0 or > OpenDocument.LargestAnalyzed || PhysicalFileSystem.Instance.TryReadRepeatableFile(path, out _) is not { } bytes) return null;
        var document = new AnalyzedDocument(DocumentUri.FromPath(path), null, SourceText.From(bytes, path), snapshot.Host, snapshot.Surroundings.SettingsOf(path));
        return document.HasSpec ? new(document, state) : null;
    }

    /// <summary>A spec on the disk, as it was when it was read.</summary>
    private readonly record struct KnownSpec(AnalyzedDocument Document, FileState State)
    {
        /// <summary>The same in another world.</summary>
        public KnownSpec In(WorkspaceSnapshot snapshot) => this with { Document = Document.In(snapshot.Host, snapshot.Surroundings.SettingsOf(Document.Text.Path)) };
    }

    /// <summary>By what a changed file is known.</summary>
    /// <param name="Length">In bytes; -1 for what is no file, or may not be looked at.</param>
    /// <param name="Modified">When it was written.</param>
    private readonly record struct FileState(long Length, DateTime Modified)
    {
        public static FileState Of(string path)
        {
            try
            {
                var file = new FileInfo(path);
                return file.Exists ? new(file.Length, file.LastWriteTimeUtc) : new(-1, default);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return new(-1, default);
            }
        }
    }
}
