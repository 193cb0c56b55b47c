using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using VPythonTools.Runner.Commands.Dependencies;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Commands;

/// <summary>Shows the wheels of a spec with what they need, for each platform.</summary>
internal static class TreeCommand
{
    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("tree", "show the wheels of a spec with what they need", Create, FailureExitCode: 2);

    private static Command Create(Invocation invocation)
    {
        var file = new PathArgument<string?>("FILE") { Description = "A spec, or a script; without one, the spec that applies in the working directory.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(Verb.Name, "Shows the wheels of a spec with what they need, as far as the catalogue knows, for each platform. (*) stands for a branch that was shown before, ? for a need that is guessed from another version.") { file };
        command.SetAction(parsed => Verbs.Finish(OpenedSpec.Open(invocation, parsed.GetValue(file)).Then<int>(spec =>
        {
            StandardStreams.WriteOutput(Write(spec));
            return 0;
        })));
        return command;
    }

    private static string Write(OpenedSpec spec)
    {
        if (spec.Analysis.Wheels.IsEmpty) return "no wheels\n";
        // Platforms with the same tree share it.
        IGrouping<string, SupportedPlatform>[] groups = [.. spec.Platforms.GroupBy(platform => WriteFor(spec.Analysis.Closure, platform))];
        return groups.Length == 1 ? groups[0].Key : string.Join('\n', groups.Select(static group => $"{string.Join(", ", group.Select(static platform => platform.Name))}:\n{group.Key}"));
    }

    private static string WriteFor(DependencyClosure closure, SupportedPlatform platform)
    {
        ClosureWheel[] wheels = [.. closure.Wheels.Where(wheel => wheel.Platforms.Contains(platform))];
        ILookup<DistributionName, WheelNeed> needs = closure.Needs.Where(need => need.Platforms.Contains(platform)).ToLookup(static need => need.By.Distribution);
        HashSet<DistributionName> needed = [.. needs.SelectMany(static of => of).Where(static need => need.By.Index is not null).Select(static need => need.Requirement.Name)];
        var text = new StringBuilder();
        var shown = new HashSet<DistributionName>();
        foreach (ClosureWheel root in wheels.Where(wheel => !needed.Contains(wheel.Distribution))) Append(text, root.Distribution, "", "", null);
        // Wheels that need each other in a circle have no root.
        foreach (ClosureWheel wheel in wheels.Where(wheel => !shown.Contains(wheel.Distribution))) Append(text, wheel.Distribution, "", "", null);
        return text.Length == 0 ? "no wheels\n" : text.ToString();

        void Append(StringBuilder to, DistributionName name, string lead, string indent, WheelNeed? need)
        {
            ClosureWheel? wheel = wheels.FirstOrDefault(one => one.Distribution == name);
            ImmutableArray<WheelNeed> children = [.. needs[name].DistinctBy(static child => child.Requirement.Name).Where(child => IsShown(child, platform))];
            bool isRepeated = wheel is not null && !shown.Add(name) && children.Length > 0;
            string bounds = need is { Knowledge.IsExact: true, Requirement.Versions.Clauses.IsEmpty: false } ? $" ({need.Requirement.Versions})" : "";
            string state = wheel is null ? " missing" : $" {wheel.Version.Number}";
            to.Append(lead).Append(name).Append(state).Append(bounds).Append(need?.Certainty == NeedCertainty.Guess ? " ?" : "").Append(isRepeated ? " (*)" : "").Append('\n');
            if (isRepeated || wheel is null) return;
            for (int i = 0; i < children.Length; i++)
            {
                bool isLast = i == children.Length - 1;
                Append(to, children[i].Requirement.Name, indent + (isLast ? "└── " : "├── "), indent + (isLast ? "    " : "│   "), children[i]);
            }
        }
    }

    /// <summary>What every environment has is not shown, unless the spec has a wheel of it.</summary>
    private static bool IsShown(WheelNeed need, SupportedPlatform platform) => need.MissingOn.Contains(platform) || need.MetBy.Any(wheel => wheel.Platforms.Contains(platform));
}
