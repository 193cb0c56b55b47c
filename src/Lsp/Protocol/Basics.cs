using System.Text.Json;
using System.Text.Json.Serialization;

namespace VPythonTools.Lsp.Protocol;

/// <summary>A place: line and column from zero, the column in units of the negotiated encoding.</summary>
internal readonly record struct Position(int Line, int Character);

/// <summary>From one place up to, but not including, another.</summary>
internal readonly record struct Range(Position Start, Position End);

/// <summary>A range of some document.</summary>
internal sealed record Location(string Uri, Range Range);

/// <summary>A document by its address.</summary>
internal sealed record TextDocumentIdentifier(string Uri);

/// <summary>A version of a document.</summary>
internal sealed record VersionedTextDocumentIdentifier(string Uri, int Version);

/// <summary>A version of a document, or null for whatever is on the disk.</summary>
internal sealed record OptionalVersionedTextDocumentIdentifier(string Uri, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Version);

/// <summary>A document with its text.</summary>
internal sealed record TextDocumentItem(string Uri, string LanguageId, int Version, [property: JsonConverter(typeof(LenientString))] string Text);

/// <summary>New text in the place of a range.</summary>
internal sealed record TextEdit(Range Range, string NewText);

/// <summary>Edits of one version of a document.</summary>
internal sealed record TextDocumentEdit(OptionalVersionedTextDocumentIdentifier TextDocument, IReadOnlyList<TextEdit> Edits);

/// <summary>Edits of documents: by address where the client knows no versions, else with them.</summary>
internal sealed record WorkspaceEdit
{
    public IReadOnlyDictionary<string, IReadOnlyList<TextEdit>>? Changes { get; init; }

    /// <summary>Edits, and files made, renamed or deleted, in order: each an object of its kind.</summary>
    public IReadOnlyList<JsonElement>? DocumentChanges { get; init; }
}

/// <summary>A file to be made.</summary>
internal sealed record CreateFile(string Uri)
{
    public string Kind { get; init; } = "create";
}

/// <summary>A file to be deleted.</summary>
internal sealed record DeleteFile(string Uri)
{
    public string Kind { get; init; } = "delete";
}

/// <summary>A command that a click runs.</summary>
internal sealed record Command(string Title, [property: JsonPropertyName("command")] string Name)
{
    public IReadOnlyList<JsonElement>? Arguments { get; init; }
}

/// <summary>Text for people: <c>plaintext</c> or <c>markdown</c>.</summary>
internal sealed record MarkupContent(string Kind, string Value)
{
    public const string PlainText = "plaintext";
    public const string Markdown = "markdown";
}

/// <summary>The encodings in which columns can be counted.</summary>
internal static class PositionEncodingKind
{
    /// <summary>Bytes of UTF-8: what the language counts itself.</summary>
    public const string Utf8 = "utf-8";

    /// <summary>UTF-16 code units: what every client can do.</summary>
    public const string Utf16 = "utf-16";
}
