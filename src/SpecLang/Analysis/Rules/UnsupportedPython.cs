using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The spec asks for a Python 3 that no supported platform has.</summary>
public sealed class UnsupportedPython : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2003",
        "Python that no platform has",
        "No supported platform has Python {0}. Ask for {1}.",
        DiagnosticCategory.PythonVersion,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a `python_version` that is offered on none of the supported platforms. Which these are, and with which versions of Python, can be configured: `vpython_platforms`, `vpython_pythons`. "
            + "A number as in tags, such as `38`, would be Python 38; what is meant is 3.8.",
        "The deployed `vpython3` brings its own Pythons, and does not start without the one that is asked for; nor are wheels built for others.",
        """python_version: "3.9" """,
        """python_version: "3.11" """,
        "Writes the next newer version that is offered, else the newest; unsafe: wheels may be missing for it. Of `38` it makes `3.8`, where that is offered; safe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Python is not { Major: >= 3 } asked || spec.IsForFormerTool || spec.PythonValue is not { } value || !spec.Pythons.IsEmpty) yield break;
        PythonMinor[] offered = [.. spec.Settings.Platforms.Pythons];
        string? meant = MalformedPythonVersion.ReadTag(spec.Spec.PythonVersion);
        if (meant is not null && offered.Any(python => python.ToString() == meant))
        {
            yield return Report(value.Syntax.Span, spec.Spec.PythonVersion, Either([meant])) with { Fixes = Write(value, meant, FixSafety.Safe) };
            yield break;
        }
        var wanted = meant is not null && PythonVersionRequest.TryParse(meant, out PythonVersionRequest tag, out _) ? new PythonMinor(tag.Major, tag.Minor ?? 0) : new PythonMinor(asked.Major, asked.Minor ?? 0);
        PythonMinor nearest = offered.Where(python => python > wanted).DefaultIfEmpty(offered[^1]).First();
        yield return Report(value.Syntax.Span, spec.Spec.PythonVersion, Either([.. offered.Select(static python => python.ToString())])) with
        {
            Fixes = Write(value, nearest.ToString(), FixSafety.Unsafe),
        };
    }
}
