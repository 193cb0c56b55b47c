using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A spec has a name by which it is never found.</summary>
public sealed class MisnamedSpec : SpecRule
{
    private const string Suffix = ".vpython3";
    private const string TextSuffix = ".txt";

    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2801",
        "Spec that is never found",
        "'vpython3' never looks for '{0}'. Rename it to '{1}'{2}.",
        DiagnosticCategory.Probing,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds specs whose names `vpython3` does not look for: `tool.vpython3` beside `tool.py`, a name in another case, also that of the script (`Tool.py.vpython3` beside `tool.py`), and `.txt` behind it.",
        "The script runs with the next spec that is found, or with none, and nobody says so. Only `-vpython-spec` would use this one. In another case it works on some file systems and not on others.",
        "(the file `tool.vpython3` beside `tool.py`)",
        "(the file `tool.py.vpython3`)");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Kind != DocumentKind.Spec || FindRightName(spec) is not var (right, reason)) yield break;
        yield return Report(spec.Beginning, Path.GetFileName(spec.Path), right, reason);
    }

    private static (string Name, string Reason)? FindRightName(SpecAnalysis spec)
    {
        string name = Path.GetFileName(spec.Path);
        string bare = name.EndsWith(TextSuffix, StringComparison.OrdinalIgnoreCase) ? name[..^TextSuffix.Length] : name;
        if (!bare.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)) return null;
        string right = bare[..^Suffix.Length] + Suffix;
        if (right != name) return (right, "");
        if (spec.PartnerPath is not { } script || IsThere(spec, script)) return null;
        if (FindInOtherCase(spec, script) is { } other) return (other + Suffix, $" for it to be the spec of '{other}'");
        string python = script + ".py";
        return spec.Host.Files.GetKind(python) == FileKind.File ? (Path.GetFileName(python) + Suffix, $" for it to be the spec of '{Path.GetFileName(python)}'") : null;
    }

    /// <summary>Whether there is a script of just this name. A file system that does not tell cases apart says yes to others, too.</summary>
    private static bool IsThere(SpecAnalysis spec, string script) =>
        spec.Host.Files.GetKind(script) != FileKind.Missing && (!(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) || FindInOtherCase(spec, script) is null);

    /// <summary>The one file beside the spec whose name differs from that of the script in nothing but case; null when the script is there by its own, or there are several.</summary>
    private static string? FindInOtherCase(SpecAnalysis spec, string script)
    {
        string name = Path.GetFileName(script);
        string[] alike = [.. spec.Host.Files.GetNames(Path.GetDirectoryName(script) ?? "").Where(other => other.Equals(name, StringComparison.OrdinalIgnoreCase))];
        return alike is [var other] && other != name ? other : null;
    }
}
