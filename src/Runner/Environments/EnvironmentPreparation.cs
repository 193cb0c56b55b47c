using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments.Upkeep;
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
    /// <summary>The environment of a spec, ready and held, the long way, which leaves a warm record for the next run where there can be one.</summary>
    /// <param name="invocation">The run.</param>
    /// <param name="found">The spec.</param>
    /// <param name="key">All that decides the outcome.</param>
    public static Result<PreparedEnvironment> Prepare(Invocation invocation, ProbeResult found, WarmKey key)
    {
        Result<PreparedEnvironment> prepared = PrepareOnce(invocation, found, key);

        // What the tag was known to mean is forgotten by now. Another instance is another environment, so the plan is made anew.
        return prepared.Failure?.Code == MissingVersion.TagMoved ? PrepareOnce(invocation, found, key) : prepared;
    }

    /// <summary>The environment of a spec, ready and held, the short way where an earlier run left one; what follows is started in it by others than <see cref="ScriptRun"/>.</summary>
    public static Result<PreparedEnvironment> Obtain(Invocation invocation, ProbeResult found)
    {
        WarmKey key = WarmKey.Of(found, invocation);
        if (WarmRecord.HoldKnown(invocation, found, key) is ({ } held, { } python))
        {
            // Starting Python would show whether it is there; who starts something else has to look.
            if (IsThere(Path.Combine(held.Path, python)))
            {
                if (invocation.Options.LinksLocally) LocalEnvironmentLink.Make(invocation, found, held.Path);
                return new PreparedEnvironment(held, python);
            }
            held.Dispose();
            invocation.Store.Abandon(held.Id);
        }
        return Prepare(invocation, found, key).Then<PreparedEnvironment>(prepared =>
        {
            if (invocation.Options.LinksLocally) LocalEnvironmentLink.Make(invocation, found, prepared.Held.Path);
            return prepared;
        });
    }

    /// <summary>Where the environment of a spec is. It is built where that is asked for; else nothing is, and its place is told all the same.</summary>
    public static Result<EnvironmentLocation> Locate(Invocation invocation, ProbeResult found, bool installs)
    {
        if (installs)
        {
            return Obtain(invocation, found).Then<EnvironmentLocation>(prepared =>
            {
                using (prepared.Held) return LocateReady(prepared.Held, prepared.Python);
            });
        }
        if (WarmRecord.HoldKnown(invocation, found, WarmKey.Of(found, invocation)) is ({ } held, { } python))
        {
            using (held) return LocateReady(held, python);
        }
        return BindSpec(found)
            .Then(binding => new EnvironmentPlanner(invocation.Interpreters, () => invocation.Packages.Open()).Plan(binding.Spec))
            .Then<EnvironmentLocation>(plan =>
            {
                string path = invocation.Layout.Environment(plan.Id);
                string program = Path.Combine(path, plan.Python);
                return new EnvironmentLocation(
                    plan.Id, path, program, plan.Interpreter.Facts.Version, plan.Interpreter.Facts.Executable, invocation.Store.IsReady(plan.Id) && IsThere(program));
            });
    }

    /// <summary>Whether a path leads somewhere. <see cref="File.Exists"/> is true of a link that leads nowhere.</summary>
    private static bool IsThere(string path) => FileFingerprint.Of(path) != default;

    private static EnvironmentLocation LocateReady(HeldEnvironment held, string python)
    {
        var configuration = EnvironmentConfiguration.Read(held.Path);
        string program = Path.Combine(held.Path, python);
        return new(held.Id, held.Path, program, configuration?.Version, configuration?.Executable, IsThere(program));
    }

    private static Result<PreparedEnvironment> PrepareOnce(Invocation invocation, ProbeResult found, WarmKey key)
    {
        // Said now, and not only when something is missing: the same line would be an error on one machine and silent on another.
        if (!BuildSettings.Read(invocation.Environment).TryGet(out _, out Failure? failure)) return failure;
        if (!BindSpec(found).TryGet(out SpecBinding? binding, out failure)) return failure;
        using var way = LongWay.Enter(invocation, key);
        if (way.HasWaited && WarmRecord.HoldKnown(invocation, found, key) is ({ } known, { } python))
        {
            invocation.Timings?.Step("warm record", $"another process has left one meanwhile, which leads to environment {known.Id}");
            return new PreparedEnvironment(known, python);
        }
        var planner = new EnvironmentPlanner(invocation.Interpreters, () => invocation.Packages.Open());
        if (!planner.Plan(binding.Spec).TryGet(out EnvironmentPlan? plan, out failure)) return failure;
        invocation.Timings?.Step("plan", $"Python {plan.Interpreter.Facts.Version} at {plan.Interpreter.Facts.Executable}, {plan.Packages.Length} packages");

        var builder = new EnvironmentBuilder(invocation.Layout, invocation.Environment, invocation.Log);
        var records = new EnvironmentRecords(invocation.Layout, invocation.Log);
        if (!invocation.Store.Obtain(plan.Id, (aside, final) => builder.Build(plan, aside, final).Then<BuiltEnvironment>(built =>
            {
                records.Begin(plan, aside);
                return built;
            })).TryGet(out HeldEnvironment? held, out failure))
            return failure;
        records.NoteUser(plan.Id, invocation, found);

        // A ref moves; a tag or an instance ID stays what it was, unless a source that comes earlier gets the package.
        bool followsARef = plan.Packages.Any(package => package.Version.Kind == CipdVersionKind.Ref);
        ImmutableArray<WatchedPath> index = followsARef || plan.Source is StackedSources ? plan.Source!.Watched : [];
        if (plan.Interpreter.IsRepeatable && (!followsARef || !plan.Source!.ChangesUnseen))
            new WarmRecord(held.Id, plan.Python, [.. plan.Interpreter.Watched, .. index]).Keep(invocation.Layout.WarmRecords, key);
        return new PreparedEnvironment(held, plan.Python);
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
