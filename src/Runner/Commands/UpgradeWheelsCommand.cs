using System.CommandLine;
using VPythonTools.Runner.Commands.Dependencies;
using VPythonTools.Runner.Console;
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
        command.SetAction(parsed => Verbs.Finish(WheelNames.Split(invocation.WorkingDirectory, parsed.GetValue(words) ?? [], mayBeAll: true).Then(split => OpenedSpec.Open(invocation, split.File).Then(spec => Upgrade(spec, split.Names, parsed.GetValue(diff))))));
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
        var upgrades = WheelUpgrades.Of(opened.Analysis, wheel => wanted.Count == 0 || wheel.Package is { } package && wanted.Contains(package.Distribution));
        return opened.With(upgrades.Text).Then(changed => changed.Finish(asDifference)).Then<int>(exitCode =>
        {
            foreach (string line in upgrades.Lines) StandardStreams.WriteErrorLine(line);
            if (upgrades.Lines.IsEmpty) StandardStreams.WriteErrorLine("nothing newer is known");
            return exitCode;
        });
    }
}
