using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>Changes to one of several specs.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="Changes">The changes, in order; they do not overlap.</param>
public readonly record struct SpecEdit(SpecAnalysis Spec, ImmutableArray<TextChange> Changes);
