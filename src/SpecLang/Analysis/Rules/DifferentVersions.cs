using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>Specs have one wheel in different versions.</summary>
public sealed class DifferentVersions : WorkspaceRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2901",
        "Other version than in other specs",
        "'{0}' is {1} here and {2} in {3}. Take the same version, unless there is a reason.",
        DiagnosticCategory.Workspace,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds wheels in another version than most specs with the same Python have; where as many have the one as the other, than the newest. A wheel that one spec has in several versions, for several platforms, is not looked at, and neither is a version that is none of CIPD.",
        "Code that is shared between scripts of different specs meets both versions, and every further version is one more to fetch, to keep and to know.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.16.0"
        >
        """,
        "Takes the version of the other specs. Unsafe: the environment changes.");

    /// <inheritdoc/>
    public override IEnumerable<WorkspaceFinding> Analyze(WorkspaceAnalysis workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var uses = new List<Use>();
        foreach (SpecAnalysis spec in workspace.Specs.Where(static spec => !spec.Bound.HasErrors))
        {
            foreach (IGrouping<string, WheelEntry> named in spec.Wheels.Where(static wheel => wheel.Version.PythonVersion is not null && CipdVersion.TryParse(wheel.Message.Version, out _, out _)).GroupBy(static wheel => wheel.Name))
            {
                if (named.Select(static wheel => wheel.Message.Version).Distinct().Count() == 1) uses.Add(new(spec, named.First()));
            }
        }
        foreach (IGrouping<(string Name, string Python), Use> group in uses.GroupBy(static use => (use.Wheel.Name, use.Spec.Spec.PythonVersion)).OrderBy(static group => group.Key.Name, StringComparer.Ordinal))
        {
            IGrouping<string, Use>[] versions = [.. group.GroupBy(static use => use.Wheel.Message.Version).OrderByDescending(static version => version.Count()).ThenByDescending(static version => version.First().Wheel.Version)];
            foreach (Use use in versions.Skip(1).SelectMany(static version => version)) yield return Describe(use, [.. versions[0]]);
        }
    }

    private WorkspaceFinding Describe(Use use, Use[] usual)
    {
        Use example = usual[0];
        string path = new RepositoryPaths(use.Spec.Host.Files, use.Spec.Path).Show(example.Spec.Path);
        string where = usual.Length == 1 ? $"'{path}'" : $"{usual.Length} other specs, such as '{path}'";
        // Texts of one number differ in what is before it.
        bool hasOneNumber = use.Wheel.Version.Number == example.Wheel.Version.Number;
        string Name(Use named) => hasOneNumber ? $"'{named.Wheel.Message.Version}'" : named.Wheel.Version.Number;
        WorkspaceFinding finding = Report(use.Spec, use.Wheel.VersionSpan, use.Wheel.Name, Name(use), Name(example), where);
        return finding with
        {
            Diagnostic = finding.Diagnostic with
            {
                Related = [new(example.Spec.Text, example.Wheel.VersionSpan, "the version there")],
                Fixes = use.Wheel.VersionValue is { } value ? [new($"Take {Name(example)}", FixSafety.Unsafe, SpecEditor.SetString(value.Syntax, example.Wheel.Message.Version))] : [],
            },
        };
    }

    private sealed record Use(SpecAnalysis Spec, WheelEntry Wheel);
}
