using System.Collections.Immutable;
using System.Text.Json;
using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Workspace;

/// <summary>Collects changes of several files into what a client makes of them. With versions, where the client knows those: an edit of another version is refused then, not made at wrong places.</summary>
/// <param name="workspace">The documents.</param>
/// <param name="snapshot">The versions that the changes are of.</param>
/// <param name="profile">What the client can do.</param>
internal sealed class WorkspaceEdits(ServerWorkspace workspace, WorkspaceSnapshot snapshot, ClientProfile profile)
{
    private readonly List<JsonElement> _steps = [];
    private readonly Dictionary<string, IReadOnlyList<TextEdit>> _changes = [];

    /// <summary>Changes a text.</summary>
    public WorkspaceEdits Change(SourceText text, ImmutableArray<TextChange> changes)
    {
        if (changes.IsEmpty) return this;
        string uri = UriOf(text.Path, out int? version);
        IReadOnlyList<TextEdit> edits = workspace.MapperOf(text).ToEdits(changes);
        _steps.Add(ProtocolJson.ToElement(new TextDocumentEdit(new(uri, version), edits)));
        _changes[uri] = edits;
        return this;
    }

    /// <summary>Makes a file with a text; only for clients that can.</summary>
    public WorkspaceEdits Create(string path, string text)
    {
        string uri = UriOf(path, out _);
        _steps.Add(ProtocolJson.ToElement(new CreateFile(uri)));
        _steps.Add(ProtocolJson.ToElement(new TextDocumentEdit(new(uri, null), [new(default, text)])));
        return this;
    }

    /// <summary>Deletes a file; only for clients that can.</summary>
    public WorkspaceEdits Delete(string path)
    {
        _steps.Add(ProtocolJson.ToElement(new DeleteFile(UriOf(path, out _))));
        return this;
    }

    /// <summary>What the client makes of them.</summary>
    public WorkspaceEdit Build() => profile.HasVersionedEdits ? new() { DocumentChanges = _steps } : new() { Changes = _changes };

    private string UriOf(string path, out int? version)
    {
        AnalyzedDocument? document = snapshot.Documents.GetValueOrDefault(path);
        version = document?.Open?.Version;
        return document?.Uri ?? DocumentUri.FromPath(path);
    }
}
