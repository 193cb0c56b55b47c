using System.Collections.Immutable;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>Which spec a script gets when it is run, and why. The variable <c>VPYTHON_DEFAULT_SPEC</c> is not looked at: it is that of whoever runs it.</summary>
/// <param name="Script">The absolute path of the script.</param>
/// <param name="Origin">By which rule the spec was found; <see cref="SpecOrigin.None"/> when there is none, and when the search failed.</param>
/// <param name="Path">The file that holds the spec; null when there is none.</param>
/// <param name="Guard">The begin guard in that file; null of a spec that has a file of its own.</param>
/// <param name="Reason">Why it is this one, or why the search failed, in words.</param>
/// <param name="Trace">Every path that was looked at.</param>
public sealed record EffectiveSpec(string Script, SpecOrigin Origin, string? Path, TextSpan? Guard, string Reason, ImmutableArray<ProbeStep> Trace)
{
    /// <summary>Finds the spec of a script.</summary>
    /// <param name="files">The files.</param>
    /// <param name="script">The path of the script. Of a path that is not absolute, as a buffer without a file has, nothing is known.</param>
    public static EffectiveSpec Of(IFileSystem files, string script)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(script);
        if (!System.IO.Path.IsPathFullyQualified(script) || System.IO.Path.GetDirectoryName(script) is not { } directory)
            return new(script, SpecOrigin.None, null, null, "the text is not saved as a file", []);
        ProbeResult found = new SpecProbe(files).Find(new() { Target = TargetKind.Script, ScriptPath = script, WorkingDirectory = directory, RecordsTrace = true });
        return new(script, found.Origin, found.Path, found.Document?.Region?.BeginGuard, found.Failure?.Message ?? SpecOriginText.WhyOf(found.Origin), found.Trace);
    }
}
