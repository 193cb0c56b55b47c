using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The spec asks for a Python that gets no security fixes any more.</summary>
public sealed class PythonWithoutSupport : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2005",
        "Python without security fixes",
        "Python {0} has had no security fixes since {1:yyyy-MM-dd}. {2}",
        DiagnosticCategory.PythonVersion,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a `python_version` whose support by the authors of Python has ended, as of this day.",
        "Known holes stay open, and new releases of packages no longer run with it. The supported platforms still have it, so nothing breaks today.",
        """python_version: "3.8" """,
        """python_version: "3.11" """,
        "Writes the oldest version that platforms have and that is supported; unsafe: wheels may be missing for it, and scripts may need changes.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Python is not { Minor: { } minor } asked || spec.IsForFormerTool || spec.PythonValue is not { } value || spec.Pythons.IsEmpty) yield break;
        if (PythonEndOfLife.Of(new(asked.Major, minor)) is not { } end || spec.Host.Today <= end) yield break;
        PythonMinor? next = spec.Settings.Platforms.Pythons.Where(python => PythonEndOfLife.Of(python) >= spec.Host.Today).Select(static python => (PythonMinor?)python).FirstOrDefault();
        string advice = next is null ? "No supported platform has one that is newer." : $"Move to '{next}' when the wheels are there.";
        yield return Report(value.Syntax.Span, $"{asked.Major}.{minor}", end, advice) with { Fixes = Write(value, next?.ToString(), FixSafety.Unsafe), Tags = DiagnosticTags.Deprecated };
    }
}
