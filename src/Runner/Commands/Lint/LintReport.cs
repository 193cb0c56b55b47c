using System.Collections.Immutable;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>What a run found.</summary>
/// <param name="Specs">The files that were looked at, in the order of their paths.</param>
/// <param name="Root">The absolute path that <see cref="LintedSpec.RepositoryPath"/> starts at.</param>
/// <param name="Failures">What could not be looked at.</param>
/// <param name="FixCount">How many findings were mended.</param>
internal sealed record LintReport(ImmutableArray<LintedSpec> Specs, string Root, ImmutableArray<Failure> Failures, int FixCount)
{
    /// <summary>All findings, file by file, in order of position.</summary>
    public IEnumerable<Finding> Findings => Specs.SelectMany(static spec => spec.Diagnostics.Select(diagnostic => new Finding(spec, diagnostic)));

    /// <summary>How many findings there are.</summary>
    public int Count => Specs.Sum(static spec => spec.Diagnostics.Length);

    /// <summary>How many findings of a severity there are.</summary>
    public int CountOf(DiagnosticSeverity severity) => Findings.Count(finding => finding.Diagnostic.Severity == severity);
}
