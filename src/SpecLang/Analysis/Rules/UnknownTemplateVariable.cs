using System.Text.RegularExpressions;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A template has a variable that there is not.</summary>
public sealed partial class UnknownTemplateVariable : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2103",
        "Unknown template variable",
        "There is no template variable '{0}'. {1}",
        DiagnosticCategory.PackageName,
        DiagnosticSeverity.Error);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a variable in the name of a package that `vpython3` has no value for on any platform.",
        "The name cannot be expanded, and the spec is refused wherever the wheel is wanted.",
        """
        wheel: <
          name: "infra/python/wheels/cffi/${platform}_${py_version}_${py_abi}"
          version: "version:1.14.5.chromium.7"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/cffi/${platform}_${py_python}_${py_abi}"
          version: "version:1.14.5.chromium.7"
        >
        """,
        "Writes the variable that is spelt most like it; safe where letters are swapped or left out, unsafe where it may be another one.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Template?.Variables.FirstOrDefault(static variable => !TemplateVariables.Names.Contains(variable.Name)) is not { } unknown) continue;
            string? nearest = FindNearest(unknown.Name);
            string advice = nearest is null ? $"Known are {string.Join(", ", TemplateVariables.Names)}." : $"Write '{nearest}'.";
            FixSafety safety = nearest is not null && Plain(nearest) == Plain(unknown.Name) ? FixSafety.Safe : FixSafety.Unsafe;
            string? mended = nearest is null ? null : wheel.Name.Remove(unknown.Start + 2, unknown.Name.Length).Insert(unknown.Start + 2, nearest);
            yield return Report(wheel.NameSpan, unknown.Name, advice) with { Fixes = Write(wheel.NameValue, mended, safety) };
        }
    }

    /// <summary><c>py_version</c> looks like <c>vpython_platform</c> in letters and means <c>py_python</c>.</summary>
    private static string? FindNearest(string name) => Plain(name) is "pyversion" or "pythonversion" or "python" or "py" ? "py_python" : TemplateVariables.FindNearest(name);

    private static string Plain(string name) => NoLetter().Replace(name, "").ToLowerInvariant();

    [GeneratedRegex("[^A-Za-z0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex NoLetter();
}
