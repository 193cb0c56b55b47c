using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Environments;

/// <summary>The long way from a spec to an environment: bind, plan, build what is not there.</summary>
internal static class EnvironmentPreparation
{
    /// <summary>The environment of a spec, ready and held.</summary>
    public static Result<PreparedEnvironment> Prepare(Invocation invocation, ProbeResult found)
    {
        Result<PreparedEnvironment> prepared = PrepareOnce(invocation, found);

        // What the tag was known to mean is forgotten by now. Another instance is another environment, so the plan is made anew.
        return prepared.Failure?.Code == MissingVersion.TagMoved ? PrepareOnce(invocation, found) : prepared;
    }

    private static Result<PreparedEnvironment> PrepareOnce(Invocation invocation, ProbeResult found)
    {
        if (!BindSpec(found).TryGet(out SpecBinding? binding, out Failure? failure)) return failure;
        var planner = new EnvironmentPlanner(invocation.Interpreters, () => invocation.Packages.Open());
        if (!planner.Plan(binding.Spec).TryGet(out EnvironmentPlan? plan, out failure)) return failure;
        invocation.Timings?.Step("plan", $"Python {plan.Interpreter.Facts.Version} at {plan.Interpreter.Facts.Executable}, {plan.Packages.Length} packages");

        var builder = new EnvironmentBuilder(invocation.Layout, invocation.Environment, invocation.Log);
        if (!invocation.Store.Obtain(plan.Id, (aside, final) => builder.Build(plan, aside, final)).TryGet(out HeldEnvironment? held, out failure))
            return failure;

        // A ref moves; a tag or an instance ID stays what it was, unless a source that comes earlier gets the package.
        bool followsARef = plan.Packages.Any(package => package.Version.Kind == CipdVersionKind.Ref);
        ImmutableArray<WatchedPath> index = followsARef || plan.Source is StackedSources ? plan.Source!.Watched : [];
        return new PreparedEnvironment(
            held,
            plan.Python,
            [.. plan.Interpreter.Watched, .. index],
            plan.Interpreter.IsRepeatable && (!followsARef || !plan.Source!.ChangesUnseen));
    }

    /// <summary>The message of the spec that was found; a failure with every error in it when it is broken.</summary>
    public static Result<SpecBinding> BindSpec(ProbeResult found)
    {
        if (found.Document is not { Region: not null } document) return new SpecBinding(null);
        BoundSpec bound = BoundSpec.Bind(document);
        return bound.HasErrors ? Failure.All([.. ErrorsOf(bound)]) : new SpecBinding(bound);
    }

    /// <summary>The errors of a spec, each with its place.</summary>
    public static IEnumerable<Failure> ErrorsOf(BoundSpec spec)
    {
        SourceText text = spec.Document.Text;
        return spec.Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => new Failure(diagnostic.Id, diagnostic.Message) { Location = $"{text.Path}:{text.GetCharacterPosition(diagnostic.Span.Start)}" });
    }

    /// <summary>A bound spec, or null where there is none.</summary>
    /// <param name="Spec">The spec.</param>
    public sealed record SpecBinding(BoundSpec? Spec);
}
