using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>A finding in a file.</summary>
/// <param name="Spec">The file.</param>
/// <param name="Diagnostic">What was found.</param>
internal readonly record struct Finding(LintedSpec Spec, Diagnostic Diagnostic)
{
    /// <summary>Its text.</summary>
    public SourceText Text => Spec.Text;

    /// <summary>Where it begins, columns in characters.</summary>
    public LinePosition Start => Text.GetCharacterPosition(Diagnostic.Span.Start);

    /// <summary>The place behind its end, columns in characters.</summary>
    public LinePosition End => Text.GetCharacterPosition(Diagnostic.Span.End);

    /// <summary>How to learn more about it: a command, since it works offline and for this version.</summary>
    public string Help => $"vpython3 rule {Diagnostic.Id}";
}
