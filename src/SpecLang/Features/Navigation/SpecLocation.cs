using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>A place in one of several specs.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="Span">The place.</param>
public readonly record struct SpecLocation(SpecAnalysis Spec, TextSpan Span);
