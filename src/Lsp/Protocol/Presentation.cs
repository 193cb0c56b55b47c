
namespace VPythonTools.Lsp.Protocol;

/// <summary>Asks for the tokens of a document.</summary>
internal sealed record SemanticTokensParams(TextDocumentIdentifier TextDocument);

/// <summary>Asks for what changed in the tokens of a document.</summary>
internal sealed record SemanticTokensDeltaParams(TextDocumentIdentifier TextDocument, string PreviousResultId);

/// <summary>Asks for the tokens of a part.</summary>
internal sealed record SemanticTokensRangeParams(TextDocumentIdentifier TextDocument, Range Range);

/// <summary>Tokens, five numbers each: lines and columns since the one before, length, type, modifiers.</summary>
internal sealed record SemanticTokens(IReadOnlyList<int> Data)
{
    public string? ResultId { get; init; }
}

/// <summary>Changes to numbers of an earlier result, or all numbers where there is no such result.</summary>
internal sealed record SemanticTokensDelta
{
    public string? ResultId { get; init; }

    public IReadOnlyList<SemanticTokensEdit>? Edits { get; init; }

    public IReadOnlyList<int>? Data { get; init; }
}

/// <summary>Numbers in the place of others.</summary>
internal sealed record SemanticTokensEdit(int Start, int DeleteCount)
{
    public IReadOnlyList<int>? Data { get; init; }
}

/// <summary>Asks for hints in a part.</summary>
internal sealed record InlayHintParams(TextDocumentIdentifier TextDocument, Range Range);

/// <summary>Text that is shown and is not there.</summary>
internal sealed record InlayHint(Position Position, string Label)
{
    public InlayHintKind? Kind { get; init; }

    public IReadOnlyList<TextEdit>? TextEdits { get; init; }

    public MarkupContent? Tooltip { get; init; }

    public bool? PaddingLeft { get; init; }

    public bool? PaddingRight { get; init; }
}

/// <summary>What a hint is about.</summary>
internal enum InlayHintKind
{
    Type = 1,
    Parameter = 2,
}
