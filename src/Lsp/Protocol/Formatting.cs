
namespace VPythonTools.Lsp.Protocol;

/// <summary>How the client indents; the style of specs does not ask for it.</summary>
internal sealed record FormattingOptions(int TabSize, bool InsertSpaces);

/// <summary>Asks for the layout of a document.</summary>
internal sealed record DocumentFormattingParams(TextDocumentIdentifier TextDocument, FormattingOptions Options);

/// <summary>Asks for the layout of a part.</summary>
internal sealed record DocumentRangeFormattingParams(TextDocumentIdentifier TextDocument, Range Range, FormattingOptions Options);

/// <summary>Asks for the layout of what was typed.</summary>
internal sealed record DocumentOnTypeFormattingParams(TextDocumentIdentifier TextDocument, Position Position, [property: System.Text.Json.Serialization.JsonPropertyName("ch")] string Typed, FormattingOptions Options);
