using System.Text.RegularExpressions;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The name of a package is one that CIPD cannot have.</summary>
public sealed partial class InvalidPackageName : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2101",
        "Not a package name",
        "No package can have this name: {0}.",
        DiagnosticCategory.PackageName,
        DiagnosticSeverity.Error);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a name that is missing, that has characters which no CIPD package may have, or whose template is broken.",
        "The spec is refused where the wheel is wanted, and no script of it runs there.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3/"
          version: "version:1.15.0"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Removes blanks and slashes that are too many, where that is all that is wrong; safe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.NameFault is not { } fault || UpperCasePackageName.IsAllThatIsWrong(wheel) || IsUnread(spec, wheel)) continue;
            yield return Report(wheel.NameSpan, fault) with { Fixes = Write(wheel.NameValue, Mend(wheel.Name), FixSafety.Safe) };
        }
    }

    /// <summary>Whether there is a name that is not even a text, which is told already: that it is empty is not what is wrong.</summary>
    private static bool IsUnread(SpecAnalysis spec, WheelEntry wheel) => wheel.Name.Length == 0 && spec.Bound.HasErrors
        && wheel.Syntax.Fields.Any(field => field.Name == "name" && spec.Bound.Diagnostics.Any(error => error.Severity == DiagnosticSeverity.Error && field.Span.Touches(error.Span.Start)));

    private static string? Mend(string name)
    {
        string mended = SlashPattern().Replace(name.Replace('\\', '/').Trim().Trim('/'), "/");
        return mended != name && PackageTemplate.TryParse(mended, out _, out _) && WheelNameFacts.FindFault(mended) is null ? mended : null;
    }

    [GeneratedRegex("\\s*/[\\s/]*", RegexOptions.CultureInvariant)]
    private static partial Regex SlashPattern();
}
