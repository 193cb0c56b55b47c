using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>A piece of a spec with what it is.</summary>
/// <param name="Span">Where it is: never empty, on one line.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Modifiers">What else is to be said of it.</param>
public readonly record struct SemanticToken(TextSpan Span, SemanticTokenKind Kind, SemanticTokenModifiers Modifiers = SemanticTokenModifiers.None);
