using System.CommandLine;
using VPythonTools.Runner.Commands.Dependencies;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Python;
using JudgedPlatform = VPythonTools.SpecLang.Analysis.TargetPlatform;

namespace VPythonTools.Runner.Commands;

/// <summary>Shows the wheels of a spec by platforms, with the holes.</summary>
internal static class MatrixCommand
{
    private const string Built = "yes";
    private const string Hole = "HOLE";
    private const string NotAsked = "-";
    private const string Unknown = "?";

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("matrix", "show the wheels of a spec by platforms, with the holes", Create, FailureExitCode: 2);

    private static Command Create(Invocation invocation)
    {
        var file = new PathArgument<string?>("FILE") { Description = "A spec, or a script; without one, the spec that applies in the working directory.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(Verb.Name, "Shows the wheels of a spec by platforms: yes where there is a build, HOLE where there is none, - where tags leave it out, ? where the catalogue does not know. Exits with 1 when there is a hole.") { file };
        command.SetAction(parsed => Verbs.Finish(OpenedSpec.Open(invocation, parsed.GetValue(file)).Then<int>(static spec => Show(spec.Analysis))));
        return command;
    }

    private static int Show(SpecAnalysis spec)
    {
        bool hasHole = false;
        var tables = new List<string>();
        // A table for each Python, or all platforms would not fit on a screen.
        foreach (IGrouping<PythonMinor?, JudgedPlatform> group in spec.Platforms.GroupBy(static platform => platform.Supported?.Python))
        {
            JudgedPlatform[] platforms = [.. group];
            string head = group.Key is { } python ? $"Python {python}" : "tags";
            var rows = new List<string[]> { (string[])[head, "", .. platforms.Select(static platform => platform.Supported?.Definition.Name ?? platform.Name)] };
            foreach (WheelEntry wheel in spec.Wheels)
            {
                string[] cells = [.. platforms.Select(platform => CellOf(wheel, platform))];
                hasHole |= cells.Contains(Hole);
                rows.Add([wheel.Package?.Distribution.Value ?? wheel.Name, wheel.Version.Number, .. cells]);
            }
            tables.Add(TextTable.Write(rows));
        }
        StandardStreams.WriteOutput(string.Join('\n', tables));
        return hasHole ? 1 : 0;
    }

    private static string CellOf(WheelEntry wheel, JudgedPlatform platform)
    {
        if (!platform.Gets(wheel)) return NotAsked;
        bool? covers = platform.Supported is { } supported ? wheel.KnownVersion?.Availability.Covers(supported) : null;
        return covers switch
        {
            true => Built,
            false => Hole,
            null => Unknown,
        };
    }
}
