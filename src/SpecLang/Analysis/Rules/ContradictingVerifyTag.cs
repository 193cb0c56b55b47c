using System.Globalization;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A <c>verify_pep425_tag</c> is that of another Python than the spec's.</summary>
public sealed class ContradictingVerifyTag : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2408",
        "verify_pep425_tag of another Python",
        "The spec runs with Python {0}, and this verifies it for {1} '{2}'. Write '{3}', or remove the tag.",
        DiagnosticCategory.Tags,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a `verify_pep425_tag` whose Python, or ABI, is not that of `python_version`.",
        "What is verified is never run, and what is run is never verified. It is left behind when a spec moves to another Python.",
        """
        python_version: "3.11"
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "win_amd64">
        """,
        """
        python_version: "3.11"
        verify_pep425_tag: <python: "cp311" abi: "cp311" platform: "win_amd64">
        """,
        "Writes the Python and the ABI of `python_version`; unsafe: other builds of the wheels are verified then.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Python is not { } asked) yield break;
        foreach (TagEntry tag in spec.VerifyTags)
        {
            (BoundValue Part, string Value)[] wrong = [.. tag.Parts.Where(part => part.Part.Field.Name is "python" or "abi" && Contradicts(part.Value, asked))];
            if (wrong.Length == 0) continue;
            string? right = asked.Minor is { } minor ? string.Create(CultureInfo.InvariantCulture, $"cp{asked.Major}{minor}") : null;
            yield return Report(wrong[0].Part.Syntax.Span, spec.Spec.PythonVersion, wrong[0].Part.Field.Name == "abi" ? "the ABI" : "the Python", wrong[0].Value, right ?? $"cp{asked.Major}...") with
            {
                // Before 3.8 an ABI has letters behind its number, which the version does not tell.
                Fixes = right is null || asked.Major < 3 || asked.Minor < 8 ? [] : [new($"Write '{right}'", FixSafety.Unsafe, [.. wrong.Select(part => SpecEditor.SetString(part.Part.Syntax, right))])],
            };
        }
    }

    private static bool Contradicts(string value, PythonVersionRequest asked)
    {
        if (!value.StartsWith("cp", StringComparison.Ordinal)) return false;
        string digits = new([.. value.AsSpan(2).ToString().TakeWhile(char.IsAsciiDigit)]);
        if (digits.Length < 2) return false;
        string wanted = asked.Major.ToString(CultureInfo.InvariantCulture);
        return asked.Minor is { } minor ? digits != wanted + minor.ToString(CultureInfo.InvariantCulture) : !digits.StartsWith(wanted, StringComparison.Ordinal);
    }
}
