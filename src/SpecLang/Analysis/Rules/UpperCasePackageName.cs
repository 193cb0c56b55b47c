using System.Text;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The name of a package has upper-case letters, which no name in CIPD has.</summary>
public sealed class UpperCasePackageName : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2102",
        "Upper case in a package name",
        "No package can have upper-case letters in its name. Write '{0}'.",
        DiagnosticCategory.PackageName,
        DiagnosticSeverity.Error);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds upper-case letters in the name of a package, as many distributions have them in theirs.",
        "The spec is refused where the wheel is wanted. The packages are named in lower case, whatever the distribution says.",
        """
        wheel: <
          name: "infra/python/wheels/PyYAML/${vpython_platform}"
          version: "version:5.4.1.chromium.1"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/pyyaml/${vpython_platform}"
          version: "version:5.4.1.chromium.1"
        >
        """,
        "Writes the name in lower case; safe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (!IsAllThatIsWrong(wheel)) continue;
            string lower = ToLower(wheel);
            yield return Report(wheel.NameSpan, lower) with { Fixes = Write(wheel.NameValue, lower, FixSafety.Safe) };
        }
    }

    /// <summary>Whether the name would be one if it were written in lower case.</summary>
    internal static bool IsAllThatIsWrong(WheelEntry wheel) =>
        wheel.NameFault is not null && wheel.Template is not null && ToLower(wheel) is var lower && lower != wheel.Name && WheelNameFacts.FindFault(lower) is null;

    /// <summary>Variables stay as they are: their names and values have a case of their own.</summary>
    private static string ToLower(WheelEntry wheel)
    {
        var lower = new StringBuilder(wheel.Name.Length);
        int position = 0;
        foreach (TemplateVariable variable in wheel.Template!.Variables)
        {
            lower.Append(wheel.Name[position..variable.Start].ToLowerInvariant()).Append(wheel.Name, variable.Start, variable.Length);
            position = variable.Start + variable.Length;
        }
        return lower.Append(wheel.Name[position..].ToLowerInvariant()).ToString();
    }
}
