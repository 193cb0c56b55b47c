using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The version of Python has one number, or three: the deployed tool knows Pythons by two.</summary>
public sealed class InexactPython : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2004",
        "Python version of one or three numbers",
        "The Go vpython3 finds its Pythons by major and minor version, and has none for '{0}'. Write {1}.",
        DiagnosticCategory.PythonVersion,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a `python_version` such as `3` or `3.11.8`, which the deployed `vpython3` has no Python for although it has that version.",
        "It takes the text for the name of a directory in which the Python is, and these are named `3.8` and `3.11`. The message that it ends with does not say so.",
        """python_version: "3.11.8" """,
        """python_version: "3.11" """,
        "Writes major and minor version; the newest that is offered in place of a `3`. Unsafe: the Python may be another one than today.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Python is not { } asked || spec.IsForFormerTool || spec.PythonValue is not { } value || spec.Pythons.IsEmpty) yield break;
        if (asked.Minor is not null && asked.Patch is null) yield break;
        yield return Report(value.Syntax.Span, spec.Spec.PythonVersion, Either([.. spec.Pythons.Select(static python => python.ToString())])) with
        {
            Fixes = Write(value, spec.Pythons[^1].ToString(), FixSafety.Unsafe),
        };
    }
}
