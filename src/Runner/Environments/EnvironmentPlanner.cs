using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Interpreters;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Environments;

/// <summary>From a spec to a plan: interpreter, tags, packages, pins, identity.</summary>
/// <param name="finder">Chooses the interpreter.</param>
/// <param name="openPackages">Opens the place where packages come from; asked only when a spec names some.</param>
internal sealed class EnvironmentPlanner(InterpreterFinder finder, Func<Result<IPackageSource>> openPackages)
{
    /// <summary>The interpreter that a spec asks for; null stands for the empty spec.</summary>
    public static Result<InterpreterSelection> ChooseInterpreter(InterpreterFinder finder, BoundSpec? spec)
    {
        string version = spec is { Spec.PythonVersion.Length: > 0 } ? spec.Spec.PythonVersion : "3";
        if (!PythonVersionRequest.TryParse(version, out PythonVersionRequest request, out string? error))
            return new Failure("VPY3012", error) { Location = Locate(spec!, spec!.SpanOfPythonVersion ?? default), NextStep = "correct python_version; without it, any Python 3 will do" };
        return finder.Find(request);
    }

    /// <summary>The whole plan of a spec; null stands for the empty spec.</summary>
    public Result<EnvironmentPlan> Plan(BoundSpec? spec) => ChooseInterpreter(finder, spec).Then(interpreter => Plan(spec, interpreter));

    /// <summary>The plan of a spec whose interpreter is chosen.</summary>
    public Result<EnvironmentPlan> Plan(BoundSpec? spec, InterpreterSelection interpreter)
    {
        if (!Expand(spec, interpreter).TryGet(out ExpandedPackages? expanded, out Failure? failure)
            || !Resolve(spec, interpreter, expanded).TryGet(out PlannedPackages? planned, out failure))
            return failure;
        string id = EnvironmentIdentity.Of(interpreter.Facts, interpreter.Executable, planned.All.Select(package => package.Pin));
        return new EnvironmentPlan(id, interpreter, expanded.Tag, planned.All) { Source = planned.Source };
    }

    /// <summary>The packages of a spec for an interpreter; a failure with every mistake in their names and versions.</summary>
    public static Result<ExpandedPackages> Expand(BoundSpec? spec, InterpreterSelection interpreter)
    {
        ImmutableArray<Pep425Tag> tags = SupportedTags.Generate(interpreter.Facts.Host);
        var variables = TemplateVariables.FromHost(tags, CipdPlatform.Current);
        PackageSelection selection = PackageSelection.Select(spec?.Spec ?? new Spec(), tags, variables);
        return selection.Problems.IsEmpty ? new ExpandedPackages(RepresentativeTag.Choose(tags), selection.Packages) : Describe(spec!, selection.Problems);
    }

    /// <summary>The interpreter and its host, as messages name them.</summary>
    public static string DescribePlatform(InterpreterSelection interpreter, Pep425Tag? tag) =>
        $"{tag?.ToString() ?? "unknown"} (Python {interpreter.Facts.Version}, {interpreter.Facts.Executable})";

    private Result<PlannedPackages> Resolve(BoundSpec? spec, InterpreterSelection interpreter, ExpandedPackages expanded)
    {
        ImmutableArray<SelectedPackage> selected = expanded.Packages;
        if (selected.IsEmpty) return new PlannedPackages([], null);
        if (!openPackages().TryGet(out IPackageSource? packages, out Failure? unavailable))
            return unavailable with { Location = unavailable.Location ?? LocateWheel(spec!, selected[0].WheelIndex) };

        var resolved = new Result<PackagePin>[selected.Length];
        Task.WhenAll(selected.Select(async (package, index) =>
            resolved[index] = await packages.ResolveAsync(package.Name, package.Version, CancellationToken.None).ConfigureAwait(false))).GetAwaiter().GetResult();

        var planned = ImmutableArray.CreateBuilder<PlannedPackage>(selected.Length);
        var failures = new List<Failure>();
        for (int index = 0; index < selected.Length; index++)
        {
            string location = LocateWheel(spec!, selected[index].WheelIndex);
            if (resolved[index].TryGet(out PackagePin pin, out Failure? failure)) planned.Add(new(pin, selected[index].Version, location));
            else failures.Add(failure with
            {
                Location = failure.Location ?? Locate(spec!, MissingVersion.IsOfVersion(failure) ? spec!.SpanOfWheelVersion(selected[index].WheelIndex) : spec!.SpanOfWheelName(selected[index].WheelIndex)),
                Details =
                [
                    ("wheel", $"{selected[index].Name} {selected[index].Version}"),
                    ("platform", DescribePlatform(interpreter, expanded.Tag)),
                    ("tried", packages.Description),
                    .. failure.Details,
                ],
            });
        }
        return failures.Count == 0 ? new PlannedPackages(planned.ToImmutable(), packages) : Failure.All(failures);
    }

    private static Failure Describe(BoundSpec spec, ImmutableArray<SelectionProblem> problems) =>
        Failure.All([.. problems.Select(problem => new Failure("VPY3014", problem.Message)
        {
            Location = LocateProblem(spec, problem),
            NextStep = NextStepFor(problem, problem.EarlierWheelIndex is { } earlier ? LocateWheel(spec, earlier) : null),
        })]);

    /// <summary>The value that has a mistake, as <c>path:line:column</c>.</summary>
    public static string LocateProblem(BoundSpec spec, SelectionProblem problem) => Locate(
        spec,
        problem.Kind is SelectionProblemKind.InvalidVersion or SelectionProblemKind.ConflictingVersions ? spec.SpanOfWheelVersion(problem.WheelIndex) : spec.SpanOfWheelName(problem.WheelIndex));

    /// <summary>What helps against a mistake.</summary>
    /// <param name="problem">The mistake.</param>
    /// <param name="earlier">The place of the wheel that the one with the mistake contradicts; null when there is none.</param>
    public static string NextStepFor(SelectionProblem problem, string? earlier) => (problem.Kind, earlier) switch
    {
        (_, not null) => $"the other one is at {earlier}; keep one",
        (SelectionProblemKind.InvalidVersion, _) => "write a tag such as version:1.16.0, a ref or an instance ID",
        (SelectionProblemKind.MalformedTemplate, _) => "correct the name; a variable is written ${vpython_platform}",
        _ => "correct the name; 'vpython3 package ls' lists those that there are",
    };

    /// <summary>The place of a wheel, as <c>path:line:column</c>.</summary>
    public static string LocateWheel(BoundSpec spec, int wheel) => Locate(spec, spec.SpanOfWheel(wheel));

    private static string Locate(BoundSpec spec, TextSpan span)
    {
        SourceText text = spec.Document.Text;
        return $"{text.Path}:{text.GetCharacterPosition(span.Start)}";
    }

    private sealed record PlannedPackages(ImmutableArray<PlannedPackage> All, IPackageSource? Source);
}
