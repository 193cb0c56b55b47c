using System.Collections.Immutable;
using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Features.Completion;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Workspace;

/// <summary>
/// What the client shows and has configured. Changed only where messages are read, one after the other; looked at as immutable snapshots from anywhere.
/// </summary>
internal sealed class ServerWorkspace
{
    /// <summary>How many documents are kept in step.</summary>
    public const int MostDocuments = 10_000;

    /// <summary>How many bytes they may have together.</summary>
    public const long MostBytes = 256 << 20;

    private readonly Action<MessageType, string> _log;
    private readonly Lock _gate = new();
    private ImmutableDictionary<string, SourceText> _texts = ImmutableDictionary.Create<string, SourceText>(OverlayFiles.PathComparer);
    private WorkspaceSnapshot _current;
    private long _bytes;
    private string? _toldProblem;

    /// <summary>A workspace without documents and directories.</summary>
    /// <param name="log">Takes lines for the client's log.</param>
    public ServerWorkspace(Action<MessageType, string> log)
    {
        _log = log;
        var surroundings = new Surroundings(PackageCatalogue.BuiltIn, PhysicalFileSystem.Instance);
        _current = new(ImmutableDictionary.Create<string, AnalyzedDocument>(OverlayFiles.PathComparer), [], surroundings, HostOf(surroundings));
    }

    /// <summary>Everything at this moment.</summary>
    public WorkspaceSnapshot Current => Volatile.Read(ref _current);

    /// <summary>The specs that are not open.</summary>
    public DiskSpecs Disk { get; } = new();

    /// <summary>Whether columns count bytes of UTF-8.</summary>
    public bool CountsBytes { get; set; }

    /// <summary>What is configured.</summary>
    public ServerSettings Settings { get; private set; } = new();

    /// <summary>The file that the catalogue comes from, or would come from.</summary>
    public CatalogueLocation CatalogueLocation { get; private set; }

    /// <summary>Told of the paths of documents that have to be looked at again; of none when all have to.</summary>
    public Action<ImmutableArray<string>> Changed { get; set; } = static _ => { };

    /// <summary>Positions of a text.</summary>
    public PositionMapper MapperOf(SourceText text) => new(text, CountsBytes);

    /// <summary>A document is open.</summary>
    public void Open(TextDocumentItem item)
    {
        var document = OpenDocument.Open(item);
        lock (_gate)
        {
            bool isKnown = _texts.TryGetValue(document.Path, out SourceText? before);
            if (!isKnown && _texts.Count >= MostDocuments || _bytes + document.Text.Length > MostBytes)
            {
                _log(MessageType.Error, $"{item.Uri} is not looked at: {_texts.Count} documents with {_bytes} bytes are open, and at most {MostDocuments} with {MostBytes} are kept");
                return;
            }
            _bytes += document.Text.Length - (before?.Length ?? 0);
            Put(document);
        }
        if (document.IsTooLarge) _log(MessageType.Warning, $"{item.Uri} is not looked at: it has {document.Text.Length} bytes, and at most {OpenDocument.LargestAnalyzed} are; vpython3 lint looks at it");
    }

    /// <summary>A document is another one now.</summary>
    public void Change(DidChangeTextDocumentParams change)
    {
        lock (_gate)
        {
            if (_current.Find(change.TextDocument.Uri) is not { Open: { } document })
            {
                _log(MessageType.Error, $"a change of {change.TextDocument.Uri} has no effect: it is not open");
                return;
            }
            OpenDocument next = document.With(change.TextDocument.Version, change.ContentChanges, CountsBytes);
            _bytes += next.Text.Length - document.Text.Length;
            Put(next);
        }
    }

    /// <summary>A document is no longer open.</summary>
    public void Close(string uri)
    {
        string path = DocumentUri.ToPath(uri);
        lock (_gate)
        {
            if (!_texts.TryGetValue(path, out SourceText? text)) return;
            _bytes -= text.Length;
            _texts = _texts.Remove(path);
            AnalysisHost host = HostOf(_current.Surroundings);
            Volatile.Write(ref _current, _current with { Documents = RenewPartners(_current.Documents.Remove(path), path, host), Host = host });
            Disk.Update(path, _current);
        }
        Changed([path]);
    }

    /// <summary>A document is on the disk now; for clients that watch no files.</summary>
    public void Save(string uri)
    {
        string path = DocumentUri.ToPath(uri);
        Disk.Update(path, Current);
        if (Path.GetFileName(path) is ".editorconfig" or "vpython.toml") Renew();
    }

    /// <summary>Directories have come or gone.</summary>
    public void SetFolders(IEnumerable<string> added, IEnumerable<string> removed)
    {
        string[] without = [.. removed.Select(DocumentUri.ToPath)];
        lock (_gate)
        {
            ImmutableArray<string> folders =
            [
                .. _current.Folders.Where(folder => !without.Contains(folder, OverlayFiles.PathComparer))
                    .Concat(added.Where(DocumentUri.IsFile).Select(uri => Path.TrimEndingDirectorySeparator(DocumentUri.ToPath(uri))))
                    .Distinct(OverlayFiles.PathComparer),
            ];
            Volatile.Write(ref _current, _current with { Folders = folders });
        }
        Disk.Forget();
        Changed([]);
    }

    /// <summary>Settings are others now.</summary>
    public void Configure(ServerSettings settings)
    {
        if (settings == Settings && CatalogueLocation.Path is not null) return;
        Settings = settings;
        Renew();
    }

    /// <summary>Files have changed on the disk.</summary>
    public void UpdateFiles(IEnumerable<FileEvent> events)
    {
        bool isAroundSpecs = false;
        bool isSpec = false;
        foreach (FileEvent change in events)
        {
            string path = DocumentUri.ToPath(change.Uri);
            bool isAround = OverlayFiles.PathComparer.Equals(path, CatalogueLocation.Path) || Path.GetFileName(path) is ".editorconfig" or "vpython.toml";
            // A spec or script that comes or goes may change which spec others have.
            isAroundSpecs |= isAround || change.Type != FileChangeType.Changed;
            isSpec |= !isAround && Disk.Update(path, Current);
        }
        if (isAroundSpecs) Renew();
        else if (isSpec) Changed([]);
    }

    /// <summary>Reads catalogue and settings again, and has everything looked at again.</summary>
    public void Renew()
    {
        CatalogueLocation = CatalogueReader.Locate(Settings.CataloguePath, Current.Folders.FirstOrDefault());
        PackageCatalogue catalogue = CatalogueReader.Read(CatalogueLocation, out string? problem);
        if (problem is not null && problem != _toldProblem) _log(MessageType.Warning, problem);
        _toldProblem = problem;
        // Made ready before the first key, not at it.
        _ = Task.Run(() => SpecCompletion.Prepare(catalogue));
        lock (_gate)
        {
            var surroundings = new Surroundings(catalogue, new OverlayFiles(PhysicalFileSystem.Instance, _texts));
            AnalysisHost host = HostOf(surroundings);
            ImmutableDictionary<string, AnalyzedDocument> documents = _current.Documents.SetItems(
                _current.Documents.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.In(host, surroundings.SettingsOf(pair.Key)))));
            Volatile.Write(ref _current, _current with { Documents = documents, Surroundings = surroundings, Host = host });
        }
        Changed([]);
    }

    private void Put(OpenDocument document)
    {
        _texts = _texts.SetItem(document.Path, document.Text);
        AnalysisHost host = HostOf(_current.Surroundings);
        var analyzed = new AnalyzedDocument(document.Uri, document, document.Text, host, _current.Surroundings.SettingsOf(document.Path));
        ImmutableDictionary<string, AnalyzedDocument> documents = RenewPartners(_current.Documents.SetItem(document.Path, analyzed), document.Path, host);
        Volatile.Write(ref _current, _current with { Documents = documents, Host = host });
        Disk.RenewPartner(document.Path, _current);
        Changed([document.Path]);
    }

    /// <summary>A script and the spec beside it are looked at together.</summary>
    private ImmutableDictionary<string, AnalyzedDocument> RenewPartners(ImmutableDictionary<string, AnalyzedDocument> documents, string path, AnalysisHost host)
    {
        string suffix = SpecFamily.TextFormat.PartnerSuffix;
        string partner = path.EndsWith(suffix, StringComparison.Ordinal) ? path[..^suffix.Length] : path + suffix;
        if (!documents.TryGetValue(partner, out AnalyzedDocument? document)) return documents;
        Changed([partner]);
        return documents.SetItem(partner, document.In(host, document.Settings));
    }

    private AnalysisHost HostOf(Surroundings surroundings) =>
        new(surroundings.Catalogue, new OverlayFiles(PhysicalFileSystem.Instance, _texts), DateOnly.FromDateTime(DateTime.UtcNow));
}
