using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The spec asks for Python 2.</summary>
public sealed class Python2 : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2002",
        "Python 2",
        "vpython3 runs Python 3, and this asks for '{0}'. Port the scripts and ask for {1}, or name the file for 'vpython' if they still run with that.",
        DiagnosticCategory.PythonVersion,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a `python_version` of Python 2, or older, in a spec for `vpython3`. Specs in `.vpython` files, and in scripts that `vpython` runs, are for the tool that came before and may have it.",
        "Python 2 has had no fixes since 2020, and no bot has it for `vpython3`: the script does not start.",
        """python_version: "2.7" """,
        """python_version: "3.11" """);

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Python is not { Major: < 3 } || spec.IsForFormerTool || spec.PythonValue is not { } value) yield break;
        // Someone who has configured Python 2 has it.
        if (spec.Settings.Platforms.Pythons.Any(static python => python.Major < 3)) yield break;
        yield return Report(value.Syntax.Span, spec.Spec.PythonVersion, Either([.. spec.Settings.Platforms.Pythons.Select(static python => python.ToString())]));
    }
}
