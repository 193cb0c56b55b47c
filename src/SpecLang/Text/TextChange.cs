namespace VPythonTools.SpecLang.Text;

/// <summary>A replacement of the bytes of a span by new text.</summary>
/// <param name="Span">What is replaced; empty for an insertion.</param>
/// <param name="NewText">What takes its place; empty for a deletion.</param>
public readonly record struct TextChange(TextSpan Span, string NewText);
