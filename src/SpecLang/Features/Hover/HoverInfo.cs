using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Hover;

/// <summary>What there is to know of a part of a text.</summary>
/// <param name="Span">The part.</param>
/// <param name="Markdown">What there is to know, in Markdown. It holds text of the file and of the catalogue, so no commands in it are to be trusted.</param>
public sealed record HoverInfo(TextSpan Span, string Markdown);
