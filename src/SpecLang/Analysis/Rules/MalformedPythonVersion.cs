using System.Text.RegularExpressions;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The text of <c>python_version</c> is not a version.</summary>
public sealed partial class MalformedPythonVersion : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2001",
        "Not a version of Python",
        "'{0}' is not a version of Python. Write one such as \"3.11\".",
        DiagnosticCategory.PythonVersion,
        DiagnosticSeverity.Error);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a `python_version` that is not one to three numbers with dots between them: ranges, names of executables, tags such as `cp38`. For a `38` alone see VPY2003.",
        "The version is compared with that of each Python, number by number. What is none is refused, and no script of the spec runs.",
        """python_version: "python3.11" """,
        """python_version: "3.11" """,
        "Writes the version that is in the text, where there is exactly one; safe. Unsafe where the text is more than a version, such as a range, which allows others.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string written = spec.Spec.PythonVersion;
        // A path is the business of portability: the deployed tool takes it.
        if (written.Length == 0 || spec.PythonValue is not { } value || PythonVersionRequest.TryParse(written, out _, out _) || written.AsSpan().IndexOfAny('/', '\\') >= 0 || written.Contains("..", StringComparison.Ordinal)) yield break;
        FixSafety safety = NamePattern().IsMatch(written) ? FixSafety.Safe : FixSafety.Unsafe;
        yield return Report(value.Syntax.Span, written) with { Fixes = Write(value, FindVersion(written), safety) };
    }

    /// <summary>The version that is written as tags write it, <c>cp38</c> or only <c>38</c>; null when it is not.</summary>
    internal static string? ReadTag(string text) => TagPattern().Match(text) is { Success: true } tag ? $"{tag.Groups[1].Value}.{tag.Groups[2].Value}" : null;

    private static string? FindVersion(string text)
    {
        if (ReadTag(text) is { } tag) return tag;
        return VersionPattern().Matches(text) is [{ } only] && PythonVersionRequest.TryParse(only.Value, out _, out _) ? only.Value : null;
    }

    [GeneratedRegex(@"(?<![0-9.])[0-9]{1,4}(\.[0-9]{1,4}){1,2}(?![0-9]|\.[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();

    /// <summary>A version and nothing that could be meant as a range, or as its opposite.</summary>
    [GeneratedRegex(@"^\s*(?:python|py|cp|v|==?)?[ -]?[0-9]+(?:\.[0-9]+){0,2}(?:\.[x*])?\s*\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^(?:cp|py|python)?([23])([0-9]{1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex TagPattern();
}
