using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The two specs of a directory, <c>.vpython3</c> and <c>vpython.toml</c>, ask for different things.</summary>
public sealed class TomlDisagrees : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2903",
        "Disagrees with vpython.toml",
        "'{0}' is {1} here and {2} in 'vpython.toml'. Make both the same.",
        DiagnosticCategory.Workspace,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Compares a `.vpython3` with the `vpython.toml` of its directory: the version of Python, and each distribution with its version. Versions agree when the one of the wheel is among those "
            + "that the other asks for, and so do Pythons. What `vpython.toml` asks for on some platforms only is not missed. One that is no TOML is told, too.",
        "Newer runners read `vpython.toml` first; bots with a bundle of their own still read `.vpython3`. As long as both are there, a script gets one environment here and another there.",
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.16.0"
        >
        """);

    /// <inheritdoc/>
    public override bool LooksAtBrokenSpecs => false;

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (!SpecFamily.TextFormat.CommonNames.Contains(Path.GetFileName(spec.Path)) || spec.Document.Kind != DocumentKind.Spec || Open(spec) is not { } bytes) return [];
        if (TomlSpec.FindFault(bytes) is { } fault) return [new(Descriptor, spec.Beginning, $"'{TomlSpec.CommonName}' beside this spec is no TOML: {fault}. Mend it.")];
        return TomlSpec.Read(bytes) is { } toml ? ComparePython(spec, toml).Concat(CompareWheels(spec, toml)) : [];
    }

    private static byte[]? Open(SpecAnalysis spec)
    {
        string path = Path.Join(Path.GetDirectoryName(spec.Path), TomlSpec.CommonName);
        return spec.Host.Files.GetKind(path) == FileKind.File ? spec.Host.Files.TryReadRepeatableFile(path, out _) : null;
    }

    private IEnumerable<Diagnostic> ComparePython(SpecAnalysis spec, TomlSpec toml)
    {
        if (toml.RequiresPython is not { } wanted || spec.Python is not { Minor: { } minor } python) yield break;
        // Without a patch level any of that minor version may be meant.
        string[] patches = python.Patch is { } patch ? [$"{patch}"] : ["0", "99"];
        if (patches.Any(level => Pep440Version.TryParse($"{python.Major}.{minor}.{level}", out Pep440Version? version, out _) && wanted.AdmitsPinned(version))) yield break;
        yield return Report(spec.Bound.SpanOfPythonVersion ?? spec.Beginning, "python_version", python, wanted);
    }

    private IEnumerable<Diagnostic> CompareWheels(SpecAnalysis spec, TomlSpec toml)
    {
        ILookup<DistributionName, DistributionRequirement> wanted = toml.Dependencies.ToLookup(static requirement => requirement.Name);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Package is not { } package || wheel.Version.PythonVersion is not { } version) continue;
            DistributionRequirement[] requirements = [.. wanted[package.Distribution]];
            if (requirements.Length == 0)
            {
                if (!toml.HasUnreadable) yield return Report(wheel.NameSpan, package.Distribution, wheel.Version.Number, "missing");
            }
            else if (!requirements.Any(requirement => requirement.Url is not null || requirement.Versions.AdmitsPinned(version)))
            {
                yield return Report(wheel.VersionSpan, package.Distribution, wheel.Version.Number, string.Join(" or ", requirements.Select(static requirement => requirement.Versions)));
            }
        }
        HashSet<DistributionName> here = [.. spec.Wheels.Select(static wheel => wheel.Package).OfType<Packages.WheelPackageName>().Select(static package => package.Distribution)];
        TextSpan place = spec.Beginning;
        foreach (IGrouping<DistributionName, DistributionRequirement> missing in wanted.Where(group => !here.Contains(group.Key) && group.Any(static requirement => requirement.Marker is null)))
            yield return Report(place, missing.Key, "missing", missing.First().Versions.Clauses.IsEmpty ? "wanted" : missing.First().Versions);
    }
}
