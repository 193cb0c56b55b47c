using System.Text.Json;
using System.Text.Json.Serialization;

namespace VPythonTools.Lsp.Protocol;

/// <summary>A document is shown; from here on its text is what the client says.</summary>
internal sealed record DidOpenTextDocumentParams(TextDocumentItem TextDocument);

/// <summary>A document is another one now.</summary>
internal sealed record DidChangeTextDocumentParams(VersionedTextDocumentIdentifier TextDocument, IReadOnlyList<TextDocumentContentChangeEvent> ContentChanges);

/// <summary>A new text in the place of a range, or of everything.</summary>
internal sealed record TextDocumentContentChangeEvent
{
    public Range? Range { get; init; }

    [JsonConverter(typeof(LenientString))]
    public required string Text { get; init; }
}

/// <summary>A document is on the disk now.</summary>
internal sealed record DidSaveTextDocumentParams(TextDocumentIdentifier TextDocument);

/// <summary>A document is no longer shown; its text is what the disk says.</summary>
internal sealed record DidCloseTextDocumentParams(TextDocumentIdentifier TextDocument);

/// <summary>Settings have changed.</summary>
internal sealed record DidChangeConfigurationParams
{
    public JsonElement? Settings { get; init; }
}

/// <summary>Directories have come or gone.</summary>
internal sealed record DidChangeWorkspaceFoldersParams(WorkspaceFoldersChangeEvent Event);

/// <summary>Which directories have come and which are gone.</summary>
internal sealed record WorkspaceFoldersChangeEvent(IReadOnlyList<WorkspaceFolder> Added, IReadOnlyList<WorkspaceFolder> Removed);

/// <summary>Files on the disk have changed.</summary>
internal sealed record DidChangeWatchedFilesParams(IReadOnlyList<FileEvent> Changes);

/// <summary>What happened to a file.</summary>
internal sealed record FileEvent(string Uri, FileChangeType Type);

/// <summary>What can happen to a file.</summary>
internal enum FileChangeType
{
    Created = 1,
    Changed = 2,
    Deleted = 3,
}
