using System.CommandLine;
using VPythonTools.Runner.Commands.Dependencies;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Python;
using JudgedPlatform = VPythonTools.SpecLang.Analysis.TargetPlatform;

namespace VPythonTools.Runner.Commands;

/// <summary>Tells who needs a wheel.</summary>
internal static class WhyCommand
{
    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("why", "tell who needs a wheel", Create, FailureExitCode: 2);

    private static Command Create(Invocation invocation)
    {
        var wheel = new PathArgument<string>("WHEEL") { Description = "A distribution, such as idna, or a package name." };
        var file = new PathArgument<string?>("FILE") { Description = "A spec, or a script; without one, the spec that applies in the working directory.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(Verb.Name, "Tells which wheels of a spec need a wheel, and which imports of its script, as far as the catalogue knows. Exits with 1 when nothing does.") { wheel, file };
        command.SetAction(parsed => Verbs.Finish(OpenedSpec.Open(invocation, parsed.GetValue(file)).Then(spec => WheelNames.Read(parsed.GetValue(wheel)!).Then(name => Tell(spec, name)))));
        return command;
    }

    private static Result<int> Tell(OpenedSpec opened, DistributionName name)
    {
        SpecAnalysis spec = opened.Analysis;
        var lines = new List<string>();
        WheelEntry[] wheels = [.. spec.Wheels.Where(wheel => wheel.Package?.Distribution == name)];
        foreach (WheelEntry wheel in wheels) lines.Add($"{opened.ShownPath}:{spec.Text.GetCharacterPosition(wheel.NameSpan.Start)}: {wheel.Name} {wheel.Version.Text}");
        if (wheels.Length == 0) lines.Add($"{opened.ShownPath}: no wheel of {name}");
        int reasons = 0;
        foreach (WheelNeed need in spec.Closure.NeedsOf(name))
        {
            string where = need.Platforms.Length == opened.Platforms.Length ? "" : $", on {JudgedPlatform.Describe(need.Platforms)}";
            string source = need.Knowledge.IsExact ? "" : $", as of {need.Knowledge.Metadata.Version}";
            string way = string.Join(" <- ", WayTo(spec.Closure, need.By.Distribution).Select(static step => step.Value));
            lines.Add($"  needed by {way}: {need.Requirement}{source}{where}");
            reasons++;
        }
        foreach (ScriptFile script in spec.Scripts)
        {
            foreach (PythonImport import in script.Imports.Where(import => spec.Catalogue.FindModule(import.Module).Any(distribution => distribution.Name == name)))
            {
                string path = RelativePath.Of(Directory.GetCurrentDirectory(), script.Path);
                lines.Add($"  imported by {path}:{script.Text.GetCharacterPosition(import.Span.Start)}: import {import.Module}");
                reasons++;
            }
        }
        if (reasons == 0) lines.Add("  nothing is known to need it");
        StandardStreams.WriteOutput(string.Join('\n', lines) + "\n");
        return reasons == 0 ? 1 : 0;
    }

    /// <summary>From a wheel to one that nothing needs, by the first way that there is.</summary>
    private static List<DistributionName> WayTo(DependencyClosure closure, DistributionName from)
    {
        var way = new List<DistributionName> { from };
        while (closure.NeedsOf(way[^1]).FirstOrDefault(need => !way.Contains(need.By.Distribution)) is { } need) way.Add(need.By.Distribution);
        return way;
    }
}
