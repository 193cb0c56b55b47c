using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands;

/// <summary>What specs need on platforms: each package and version once, with all places and platforms that ask for it.</summary>
internal sealed class SpecDemand
{
    private readonly Dictionary<(PackageName Name, CipdVersion Version), DemandedPackage> _packages = [];
    private readonly List<Failure> _failures = [];

    private SpecDemand()
    {
    }

    /// <summary>The packages, by name and then by version.</summary>
    public ImmutableArray<DemandedPackage> Packages => [.. _packages.Values.OrderBy(package => package.Name).ThenBy(package => package.Version)];

    /// <summary>The platforms of each spec, in the order of the specs.</summary>
    public List<(BoundSpec Spec, ImmutableArray<TargetPlatform> Platforms)> Specs { get; } = [];

    /// <summary>The demand of specs; a failure with every package that cannot be named on some platform.</summary>
    /// <param name="specs">The specs.</param>
    /// <param name="platforms">The platforms that are asked for; where there are none, those that each spec is meant for.</param>
    public static Result<SpecDemand> Of(IEnumerable<BoundSpec> specs, ImmutableArray<TargetPlatform> platforms)
    {
        var demand = new SpecDemand();
        foreach (BoundSpec spec in specs)
        {
            ImmutableArray<TargetPlatform> targets = platforms.IsEmpty ? TargetPlatform.Of(spec.Spec) : platforms;
            demand.Specs.Add((spec, targets));
            foreach (TargetPlatform target in targets) demand.Add(spec, target);
        }
        return demand._failures.Count == 0 ? demand : Failure.All([.. demand._failures.DistinctBy(failure => (failure.Location, failure.Message))]);
    }

    /// <summary>The platforms that are named; a failure when one of the names is none.</summary>
    public static Result<ImmutableArray<TargetPlatform>> ReadPlatforms(IEnumerable<string> names)
    {
        var platforms = ImmutableArray.CreateBuilder<TargetPlatform>();
        foreach (string name in names)
        {
            if (!TargetPlatform.TryParse(name, out ImmutableArray<TargetPlatform> found, out string? error)) return new Failure("VPY3005", $"--platform: {error}") { ExitCode = 2 };
            platforms.AddRange(found.Where(platform => !platforms.Any(known => known.Name == platform.Name)));
        }
        return platforms.ToImmutable();
    }

    /// <summary>Asks a source for all of them at once.</summary>
    /// <returns>The answers, in the order of <see cref="Packages"/>.</returns>
    public async Task<ImmutableArray<(DemandedPackage Package, Result<PackagePin> Pin)>> ResolveAsync(IPackageSource source, CancellationToken cancellation)
    {
        ImmutableArray<DemandedPackage> packages = Packages;
        Result<PackagePin>[] pins = await Task.WhenAll(packages.Select(package => source.ResolveAsync(package.Name, package.Version, cancellation).AsTask())).ConfigureAwait(false);
        return [.. packages.Zip(pins)];
    }

    private void Add(BoundSpec spec, TargetPlatform target)
    {
        PackageSelection selection = PackageSelection.Select(spec.Spec, target.Tags, target.Variables);
        foreach (SelectionProblem problem in selection.Problems)
        {
            _failures.Add(new("VPY3014", problem.Message) { Location = EnvironmentPlanner.LocateProblem(spec, problem), NextStep = EnvironmentPlanner.NextStepFor(problem, problem.EarlierWheelIndex is { } earlier ? EnvironmentPlanner.LocateWheel(spec, earlier) : null) });
        }
        foreach (SelectedPackage selected in selection.Packages)
        {
            if (!_packages.TryGetValue((selected.Name, selected.Version), out DemandedPackage? package))
                _packages.Add((selected.Name, selected.Version), package = new(selected.Name, selected.Version));
            package.Add(target.Name, Locate(spec, spec.SpanOfWheelName(selected.WheelIndex)), Locate(spec, spec.SpanOfWheelVersion(selected.WheelIndex)));
        }
    }

    private static string Locate(BoundSpec spec, TextSpan span) => $"{spec.Document.Text.Path}:{spec.Document.Text.GetCharacterPosition(span.Start)}";
}
