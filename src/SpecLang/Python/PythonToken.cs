using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Python;

/// <summary>A piece of a Python text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it is.</param>
/// <param name="Depth">How many brackets are open around it.</param>
internal readonly record struct PythonToken(PythonTokenKind Kind, TextSpan Span, int Depth);
