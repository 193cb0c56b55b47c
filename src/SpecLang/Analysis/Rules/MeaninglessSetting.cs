using VPythonTools.SpecLang.Configuration;
using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A setting for the spec means nothing.</summary>
public sealed class MeaninglessSetting : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY4103",
        "Setting that means nothing",
        "The setting '{0} = {1}' of an '.editorconfig' means nothing and is passed over; what it can be is {2}.",
        DiagnosticCategory.Configuration,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds settings for specs, `vpython_...`, in `.editorconfig` files that have a value that they cannot have, or name a kind of finding that there is not.",
        "The spec is judged, or laid out, by other rules than somebody thinks.",
        """
        # with vpython_diagnostic.VPY2301.severity = fatal
        python_version: "3.11"
        """,
        """
        # with vpython_diagnostic.VPY2301.severity = error
        python_version: "3.11"
        """);

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (SettingProblem problem in spec.Settings.Problems) yield return Report(spec.Beginning, problem.Name, problem.Value, problem.Expected);
    }
}
