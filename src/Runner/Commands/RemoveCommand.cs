using System.CommandLine;
using VPythonTools.Runner.Commands.Dependencies;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Commands;

/// <summary>Removes wheels from a spec, with those that were there only for them.</summary>
internal static class RemoveCommand
{
    private const string Via = "via ";

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("remove", "remove wheels from a spec, with what only they needed", Create, FailureExitCode: 2);

    private static Command Create(Invocation invocation)
    {
        var diff = new Option<bool>("--diff") { Description = "Change nothing; print what would change." };
        var words = new PathArgument<string[]>("NAME")
        {
            Description = "Distributions, such as requests, or package names; behind them, the file of the spec, or a script. Without a file it is the spec that applies in the working directory.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command(Verb.Name, "Removes wheels from a spec, and the wheels that a comment '# via NAME' says are there only for them. The rest of the text stays as it is.") { diff, words };
        command.SetAction(parsed => Verbs.Finish(WheelNames.Split(invocation.WorkingDirectory, parsed.GetValue(words) ?? [], mayBeAll: false).Then(split => OpenedSpec.Open(invocation, split.File).Then(spec => Remove(spec, split.Names, parsed.GetValue(diff))))));
        return command;
    }

    private static Result<int> Remove(OpenedSpec opened, string[] names, bool asDifference)
    {
        SpecAnalysis spec = opened.Analysis;
        var removed = new HashSet<DistributionName>();
        foreach (string name in names)
        {
            if (!WheelNames.Read(name).TryGet(out DistributionName distribution, out Failure? failure)) return failure;
            if (!spec.Wheels.Any(wheel => wheel.Package?.Distribution == distribution))
                return new Failure("VPY3508", $"there is no wheel of '{name}' in the spec") { Location = opened.ShownPath, NextStep = "vpython3 tree shows the wheels", ExitCode = 2 };
            removed.Add(distribution);
        }
        string[] stillNeeding = [.. removed.SelectMany(distribution => spec.Closure.NeedsOf(distribution).Where(need => need.Certainty != NeedCertainty.Guess && need.By.Index is not null && !removed.Contains(need.By.Distribution)).Select(need => $"note: {need.By.Distribution} needs {distribution}")).Distinct()];
        AddNeedless(spec, removed);
        WheelEntry[] wheels = [.. spec.Wheels.Where(wheel => wheel.Package is { } package && removed.Contains(package.Distribution))];
        Result<OpenedSpec> changed = opened;
        // One at a time: two elements of one list that go together would both take the comma between them.
        while (changed.TryGet(out OpenedSpec? current, out _) && current.Analysis.Wheels.FirstOrDefault(wheel => wheel.Package is { } package && removed.Contains(package.Distribution)) is { } next)
            changed = current.With([new SpecEditor(current.Analysis.Tree).Remove(next, withComments: !next.IsInList)]);
        return changed.Then(result => result.Finish(asDifference)).Then<int>(exitCode =>
        {
            foreach (string line in wheels.Select(static wheel => $"removed {wheel.Name} {wheel.Version.Text}").Concat(stillNeeding)) StandardStreams.WriteErrorLine(line);
            return exitCode;
        });
    }

    /// <summary>Adds the wheels whose comment says that they are there for others, all of which are to go, and that nothing that stays is known to need.</summary>
    private static void AddNeedless(SpecAnalysis spec, HashSet<DistributionName> removed)
    {
        var editor = new SpecEditor(spec.Tree);
        for (bool hasChanged = true; hasChanged;)
        {
            hasChanged = false;
            foreach (WheelEntry wheel in spec.Wheels)
            {
                if (wheel.Package is not { } package || wheel.IsInList || removed.Contains(package.Distribution)) continue;
                string? via = editor.CommentsAbove(wheel.Field).FirstOrDefault(static comment => comment.StartsWith(Via, StringComparison.Ordinal));
                if (via is null || !NamesOf(via).All(name => DistributionName.TryParse(name, out DistributionName by, out _) && removed.Contains(by))) continue;
                if (spec.Closure.NeedsOf(package.Distribution).Any(need => need.By.Index is not null && !removed.Contains(need.By.Distribution))) continue;
                hasChanged |= removed.Add(package.Distribution);
            }
        }
    }

    /// <summary>The names of a comment <c>via NAME, NAME (as of VERSION)</c>.</summary>
    private static string[] NamesOf(string via)
    {
        int source = via.IndexOf(" (as of ", StringComparison.Ordinal);
        return via[Via.Length..(source < 0 ? via.Length : source)].Split(',', StringSplitOptions.TrimEntries);
    }
}
