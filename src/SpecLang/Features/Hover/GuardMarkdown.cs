using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.SpecLang.Features.Hover;

/// <summary>What the spec in a script is there for, and whether it is the one that takes effect.</summary>
internal static class GuardMarkdown
{
    /// <summary>Of the spec in a script.</summary>
    public static string Of(SpecAnalysis spec)
    {
        string script = Path.GetFileName(spec.Path);
        string text = $"The spec of {(script.Length == 0 ? "this script" : $"`{script}`")}: {Count(spec.Wheels.Length)}{(spec.Python is { } python ? $", Python {python}" : "")}.";
        return Path.IsPathRooted(spec.Path) ? $"{text}\n\n{Effect(spec)}" : text;
    }

    private static string Effect(SpecAnalysis spec)
    {
        ProbeResult found = new SpecProbe(spec.Host.Files).Find(new() { Target = TargetKind.Script, ScriptPath = spec.Path, WorkingDirectory = Path.GetDirectoryName(spec.Path) ?? spec.Path });
        return found switch
        {
            // A buffer that was never saved is in no file yet.
            { Failure: not null } or { Origin: SpecOrigin.None } => "It takes effect when the script is run.",
            { Origin: SpecOrigin.Embedded } when found.Path == spec.Path || spec.Host.Files.ResolveLinks(spec.Path) == found.Path => "It takes effect: no other spec is found before it.",
            { Origin: SpecOrigin.Partner } => $"It has **no effect**: the partner spec `{found.Path}` is found before it.",
            _ => $"It has **no effect**: `{found.Path}` is found instead.",
        };
    }

    private static string Count(int wheels) => wheels switch { 0 => "no wheels", 1 => "1 wheel", _ => $"{wheels} wheels" };
}
