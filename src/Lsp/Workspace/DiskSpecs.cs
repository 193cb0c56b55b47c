using System.Collections.Immutable;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Search;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Workspace;

/// <summary>
/// The specs of the workspace's directories that are not open: found when they are first asked for, as <c>vpython3 lint</c> finds them, and kept in step by what the client
/// tells of changed files. Asked by several threads.
/// </summary>
internal sealed class DiskSpecs
{
    private readonly Lock _gate = new();
    private readonly Lock _search = new();
    private readonly GuardReader _guards = new();
    private readonly HashSet<string> _missed = [];
    private Dictionary<string, AnalyzedDocument>? _known;
    private Surroundings? _surroundings;
    private int _searches;

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
            all.AddRange(_known.Values.Where(spec => !snapshot.Documents.ContainsKey(spec.Text.Path)));
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
            bool isSpec = IsBelow(path, snapshot.Folders) && Read(path, snapshot) is { } spec && _known.TryAdd(path, spec);
            return RenewPartner(path, snapshot) || wasSpec || isSpec;
        }
    }

    /// <summary>The spec beside a script has to be looked at again when the script is another one.</summary>
    public bool RenewPartner(string path, WorkspaceSnapshot snapshot)
    {
        string partner = path + SpecFamily.TextFormat.PartnerSuffix;
        lock (_gate)
        {
            if (_known is null || !_known.TryGetValue(partner, out AnalyzedDocument? spec)) return false;
            _known[partner] = spec.In(snapshot.Host, snapshot.Surroundings.SettingsOf(partner));
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
            Dictionary<string, AnalyzedDocument> found = Find(snapshot, cancellation);
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

    private static Dictionary<string, AnalyzedDocument> Find(WorkspaceSnapshot snapshot, CancellationToken cancellation)
    {
        var found = new Dictionary<string, AnalyzedDocument>(OverlayFiles.PathComparer);
        foreach (string folder in snapshot.Folders.Where(IsSearchable))
        {
            cancellation.ThrowIfCancellationRequested();
            List<SpecFile> files = SpecFiles.In(folder);
            var specs = new AnalyzedDocument?[files.Count];
            Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = cancellation }, index => specs[index] = Open(files[index].Path, snapshot) is { HasSpec: true } spec ? spec : null);
            foreach (AnalyzedDocument spec in specs.OfType<AnalyzedDocument>()) found.TryAdd(spec.Text.Path, spec);
        }
        return found;
    }

    private void Renew(WorkspaceSnapshot snapshot)
    {
        foreach (string path in _known!.Keys.ToArray()) _known[path] = _known[path].In(snapshot.Host, snapshot.Surroundings.SettingsOf(path));
        _surroundings = snapshot.Surroundings;
    }

    private AnalyzedDocument? Read(string path, WorkspaceSnapshot snapshot) =>
        File.Exists(path) && (SpecFileName.IsStandalone(Path.GetFileName(path)) || _guards.HoldsGuard(path)) && Open(path, snapshot) is { HasSpec: true } spec ? spec : null;

    /// <summary>Reads a file; null when it cannot be read, or is too long to be looked at.</summary>
    private static AnalyzedDocument? Open(string path, WorkspaceSnapshot snapshot)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > OpenDocument.LargestAnalyzed) return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        return PhysicalFileSystem.Instance.TryReadRepeatableFile(path, out _) is { } bytes
            ? new(DocumentUri.FromPath(path), null, SourceText.From(bytes, path), snapshot.Host, snapshot.Surroundings.SettingsOf(path))
            : null;
    }
}
