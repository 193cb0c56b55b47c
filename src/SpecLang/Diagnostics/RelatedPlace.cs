using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>Another place that has to do with a finding.</summary>
/// <param name="Text">The text that it is in.</param>
/// <param name="Span">Where in that text.</param>
/// <param name="Message">What is there.</param>
public sealed record RelatedPlace(SourceText Text, TextSpan Span, string Message);
