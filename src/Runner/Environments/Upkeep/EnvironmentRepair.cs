using System.Collections.Immutable;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Interpreters;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>Builds environments anew from what is remembered of them. Without a spec: the record has the packages, pinned.</summary>
/// <param name="invocation">Whose store.</param>
internal sealed class EnvironmentRepair(Invocation invocation)
{
    private readonly EnvironmentRecords _records = new(invocation.Layout, invocation.Log);

    /// <summary>Moves an environment out of the way and builds it again; whoever runs in the old one keeps it. The failure says why it is not there again: the next run that needs it builds it then.</summary>
    public Result<string> Rebuild(string id)
    {
        EnvironmentRecord? record = _records.Find(id);
        invocation.Store.Abandon(id);
        if (record is null) return new Failure("VPY3026", $"environment {id} was moved away and is not built again: nothing is remembered of what it was made from") { NextStep = "the next run that needs it builds it" };
        if (!Plan(record).TryGet(out EnvironmentPlan? plan, out Failure? failure)) return failure;
        var builder = new EnvironmentBuilder(invocation.Layout, invocation.Environment, invocation.Log) { ComparesCache = true };
        return invocation.Store.Obtain(id, (aside, final) => builder.Build(plan, aside, final).Then<BuiltEnvironment>(built =>
        {
            _records.Begin(plan, aside);
            return built;
        })).Then<string>(held =>
        {
            held.Dispose();
            return held.Path;
        });
    }

    private Result<EnvironmentPlan> Plan(EnvironmentRecord record)
    {
        if (invocation.InterpreterMemory.Recall(record.Interpreter.Path, invocation.Environment).Answer is not { } answer) return NotAgain(record, $"its interpreter '{record.Interpreter.Path}' does not answer");
        InterpreterFacts facts = answer.ToFacts();
        var interpreter = new InterpreterSelection(facts, FileFingerprint.Of(facts.Executable), [], [], IsRepeatable: false);
        var packages = ImmutableArray.CreateBuilder<PlannedPackage>();
        foreach (EnvironmentRecord.Package package in record.Packages)
        {
            if (!PackageName.TryParse(package.Name, out PackageName name, out _)
                || !CipdVersion.TryParse(package.Version, out CipdVersion version, out _)
                || !InstanceId.TryParse(package.Instance, out InstanceId instance))
                return NotAgain(record, "what is remembered of it makes no sense");
            packages.Add(new(new(name, instance), version, invocation.Layout.Record(record.Id)));
        }
        if (EnvironmentIdentity.Of(facts, interpreter.Executable, packages.Select(package => package.Pin)) != record.Id) return NotAgain(record, $"its interpreter '{record.Interpreter.Path}' is another one now");
        var plan = new EnvironmentPlan(record.Id, interpreter, RepresentativeTag.Choose(SupportedTags.Generate(facts.Host)), packages.ToImmutable());
        if (plan.Packages.IsEmpty) return plan;
        return invocation.Packages.Open().Then<EnvironmentPlan>(source => plan with { Source = source });
    }

    private static Failure NotAgain(EnvironmentRecord record, string why) =>
        new("VPY3026", $"environment {record.Id} was moved away and is not built again: {why}") { NextStep = "the next run of a script that needs it builds what it needs now" };
}
