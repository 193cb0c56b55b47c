using System.Collections.Immutable;
using System.CommandLine;
using VPythonTools.Runner.Commands.Dependencies;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Commands;

/// <summary>Brings the newest versions that all platforms of a spec have.</summary>
internal static class UpgradeWheelsCommand
{
    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("upgrade-wheels", "bring the newest versions of wheels into a spec", Create, FailureExitCode: 2);

    private static Command Create(Invocation invocation)
    {
        var diff = new Option<bool>("--diff") { Description = "Change nothing; print what would change." };
        var words = new PathArgument<string[]>("NAME")
        {
            Description = "Distributions or package names, all when there are none; behind them, the file of the spec, or a script. Without a file it is the spec that applies in the working directory.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(Verb.Name, "Brings the newest versions into a spec that are known to be there for all its platforms, and the wheels that they need besides.") { diff, words };
        command.SetAction(parsed =>
        {
            (string[] names, string? file) = WheelNames.Split(invocation.WorkingDirectory, parsed.GetValue(words) ?? [], mayBeAll: true);
            return Verbs.Finish(OpenedSpec.Open(invocation, file).Then(spec => Upgrade(spec, names, parsed.GetValue(diff))));
        });
        return command;
    }

    private static Result<int> Upgrade(OpenedSpec opened, string[] names, bool asDifference)
    {
        var wanted = new HashSet<DistributionName>();
        foreach (string name in names)
        {
            if (!WheelNames.Read(name).TryGet(out DistributionName distribution, out Failure? failure)) return failure;
            if (!opened.Analysis.Wheels.Any(wheel => wheel.Package?.Distribution == distribution))
                return new Failure("VPY3508", $"there is no wheel of '{name}' in the spec") { Location = opened.ShownPath, NextStep = "vpython3 tree shows the wheels", ExitCode = 2 };
            wanted.Add(distribution);
        }
        ImmutableArray<WheelEntry> before = opened.Analysis.Wheels;
        // What a rule says is newer is what is written.
        CodeFix[] newer =
        [
            .. new NewerVersion().Analyze(opened.Analysis)
                .Where(finding => wanted.Count == 0 || before.Any(wheel => wheel.VersionSpan == finding.Span && wheel.Package is { } package && wanted.Contains(package.Distribution)))
                .SelectMany(static finding => finding.Fixes.Take(1)),
        ];
        if (!opened.With(newer.SelectMany(static fix => fix.Changes)).TryGet(out OpenedSpec? upgraded, out Failure? fault)) return fault;
        List<string> lines =
        [
            .. before.Zip(upgraded.Analysis.Wheels).Where(static pair => pair.First.Version.Text != pair.Second.Version.Text)
                .Select(static pair => $"{pair.First.Name} {pair.First.Version.Text} -> {pair.Second.Version.Text}"),
        ];
        var additions = DependencyAdditions.Of(opened.Analysis, upgraded.Analysis.Closure.Wheels);
        lines.AddRange(additions.Wheels.Select(static added => $"added {added.Name} {added.Version} ({added.Comment})"));
        lines.AddRange(additions.Notes.Select(static note => $"note: {note}"));
        // Bounds that a new version breaks are told: which of the two has to give way is not ours to say.
        HashSet<string> conflictsBefore = [.. new DependencyVersion().Analyze(opened.Analysis).Select(static finding => finding.Message)];
        lines.AddRange(new DependencyVersion().Analyze(upgraded.Analysis).Select(static finding => finding.Message).Where(message => !conflictsBefore.Contains(message)).Select(static message => $"note: {message}"));
        return upgraded.With(new SpecEditor(upgraded.Analysis.Tree).AddWheels(upgraded.Analysis.Wheels, additions.Wheels)).Then(changed => changed.Finish(asDifference)).Then<int>(exitCode =>
        {
            foreach (string line in lines) StandardStreams.WriteErrorLine(line);
            if (lines.Count == 0) StandardStreams.WriteErrorLine("nothing newer is known");
            return exitCode;
        });
    }
}
