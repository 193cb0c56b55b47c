using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>A part of a text that can be folded away.</summary>
/// <param name="Span">
/// What goes: from the end of what stays in sight on the first line to the end of the last line. It ends on the line before a closing bracket that begins its line, so
/// that editors that fold whole lines keep the bracket.
/// </param>
/// <param name="Kind">What it is.</param>
public readonly record struct FoldingRange(TextSpan Span, FoldingKind Kind);
