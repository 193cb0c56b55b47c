using System.Text.Json;

namespace VPythonTools.Lsp.Protocol;

/// <summary>Asks for the outline of a document.</summary>
internal sealed record DocumentSymbolParams(TextDocumentIdentifier TextDocument);

/// <summary>A part of a document, with its parts.</summary>
internal sealed record DocumentSymbol(string Name, SymbolKind Kind, Range Range, Range SelectionRange)
{
    public string? Detail { get; init; }

    public IReadOnlyList<int>? Tags { get; init; }

    public IReadOnlyList<DocumentSymbol>? Children { get; init; }
}

/// <summary>A part of a document, for clients that show a list.</summary>
internal sealed record SymbolInformation(string Name, SymbolKind Kind, Location Location)
{
    public string? ContainerName { get; init; }
}

/// <summary>Asks for parts of all documents by their names.</summary>
internal sealed record WorkspaceSymbolParams(string Query);

/// <summary>A part of some document.</summary>
internal sealed record WorkspaceSymbol(string Name, SymbolKind Kind, Location Location)
{
    public string? ContainerName { get; init; }
}

/// <summary>What a part is, which chooses its picture.</summary>
internal enum SymbolKind
{
    File = 1,
    Module = 2,
    Namespace = 3,
    Package = 4,
    Class = 5,
    Property = 7,
    Field = 8,
    Enum = 10,
    Variable = 13,
    Constant = 14,
    String = 15,
    Number = 16,
    Boolean = 17,
    Array = 18,
    Object = 19,
    Key = 20,
    Struct = 23,
}

/// <summary>Asks what can be folded.</summary>
internal sealed record FoldingRangeParams(TextDocumentIdentifier TextDocument);

/// <summary>Lines that can be folded.</summary>
internal sealed record FoldingRange(int StartLine, int EndLine)
{
    public int? StartCharacter { get; init; }

    public int? EndCharacter { get; init; }

    public string? Kind { get; init; }

    public string? CollapsedText { get; init; }
}

/// <summary>Asks what is around places.</summary>
internal sealed record SelectionRangeParams(TextDocumentIdentifier TextDocument, IReadOnlyList<Position> Positions);

/// <summary>What is around a place, and what is around that.</summary>
internal sealed record SelectionRange(Range Range)
{
    public SelectionRange? Parent { get; init; }
}

/// <summary>Asks where else in the document is what is at a place.</summary>
internal sealed record DocumentHighlightParams(TextDocumentIdentifier TextDocument, Position Position);

/// <summary>Where it is.</summary>
internal sealed record DocumentHighlight(Range Range)
{
    public DocumentHighlightKind? Kind { get; init; }
}

/// <summary>How it is there.</summary>
internal enum DocumentHighlightKind
{
    Text = 1,
    Read = 2,
    Write = 3,
}

/// <summary>Asks where in all documents is what is at a place.</summary>
internal sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position, ReferenceContext Context);

/// <summary>Whether the definition is among the answers.</summary>
internal sealed record ReferenceContext(bool IncludeDeclaration);

/// <summary>Asks where what is at a place comes from.</summary>
internal sealed record DefinitionParams(TextDocumentIdentifier TextDocument, Position Position);

/// <summary>Asks whether what is at a place has a name that can be changed.</summary>
internal sealed record PrepareRenameParams(TextDocumentIdentifier TextDocument, Position Position);

/// <summary>The name that can be changed.</summary>
internal sealed record PrepareRenameResult(Range Range, string Placeholder);

/// <summary>Asks for the edits that change a name everywhere.</summary>
internal sealed record RenameParams(TextDocumentIdentifier TextDocument, Position Position, string NewName);

/// <summary>Asks for the links of a document.</summary>
internal sealed record DocumentLinkParams(TextDocumentIdentifier TextDocument);

/// <summary>A link.</summary>
internal sealed record DocumentLink(Range Range)
{
    public string? Target { get; init; }

    public string? Tooltip { get; init; }

    public JsonElement? Data { get; init; }
}
