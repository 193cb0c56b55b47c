using System.Text.Json;

namespace VPythonTools.Lsp.Protocol;

/// <summary>Asks what can be written at a place.</summary>
internal sealed record CompletionParams(TextDocumentIdentifier TextDocument, Position Position)
{
    public CompletionContext? Context { get; init; }
}

/// <summary>Why completion is asked for.</summary>
internal sealed record CompletionContext(int TriggerKind)
{
    public string? TriggerCharacter { get; init; }
}

/// <summary>What can be written.</summary>
internal sealed record CompletionList(bool IsIncomplete, IReadOnlyList<CompletionItem> Items);

/// <summary>One thing that can be written.</summary>
internal sealed record CompletionItem(string Label)
{
    public CompletionItemLabelDetails? LabelDetails { get; init; }

    public CompletionItemKind? Kind { get; init; }

    public IReadOnlyList<CompletionItemTag>? Tags { get; init; }

    public string? Detail { get; init; }

    public MarkupContent? Documentation { get; init; }

    public bool? Preselect { get; init; }

    public string? SortText { get; init; }

    public string? FilterText { get; init; }

    public InsertTextFormat? InsertTextFormat { get; init; }

    public InsertTextMode? InsertTextMode { get; init; }

    public TextEdit? TextEdit { get; init; }

    public IReadOnlyList<TextEdit>? AdditionalTextEdits { get; init; }

    public Command? Command { get; init; }

    public JsonElement? Data { get; init; }
}

/// <summary>What stands beside a label.</summary>
internal sealed record CompletionItemLabelDetails
{
    public string? Detail { get; init; }

    public string? Description { get; init; }
}

/// <summary>What an item is, which chooses its picture.</summary>
internal enum CompletionItemKind
{
    Text = 1,
    Field = 5,
    Variable = 6,
    Module = 9,
    Property = 10,
    Value = 12,
    Enum = 13,
    Keyword = 14,
    Snippet = 15,
    File = 17,
    EnumMember = 20,
    Constant = 21,
}

/// <summary>How an item can be shown.</summary>
internal enum CompletionItemTag
{
    Deprecated = 1,
}

/// <summary>Whether the text has places to fill in.</summary>
internal enum InsertTextFormat
{
    PlainText = 1,
    Snippet = 2,
}

/// <summary>What the client does to the lines of a text.</summary>
internal enum InsertTextMode
{
    AsIs = 1,
    AdjustIndentation = 2,
}

/// <summary>Asks what is at a place.</summary>
internal sealed record HoverParams(TextDocumentIdentifier TextDocument, Position Position);

/// <summary>What is at a place.</summary>
internal sealed record Hover(MarkupContent Contents)
{
    public Range? Range { get; init; }
}

/// <summary>What of an item comes back when its documentation is asked for. Ours, not the protocol's.</summary>
internal sealed record CompletionItemData(string Uri, string Key);
