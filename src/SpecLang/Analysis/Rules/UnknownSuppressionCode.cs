using System.Collections.Immutable;
using System.Text.RegularExpressions;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A comment suppresses a kind of finding that there is not.</summary>
public sealed partial class UnknownSuppressionCode : SpecRule
{
    private const string AllCodes = "'vpython3 rule --all' lists the codes.";

    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY4102",
        "Unknown code in a suppression",
        "'{0}' {1}, so this suppresses nothing. {2}",
        DiagnosticCategory.Configuration,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds words in `# vpython: disable=CODE` comments that are neither the code of a finding nor `all`, and comments that look as if they were to be such and are none: "
            + "without a code, with another word than `disable` or `disable-file`, or without the `=`.",
        "The comment does not do what somebody relies on.",
        """
        # vpython: disable=2103 -- from a mirror
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        """
        # vpython: disable=VPY2103 -- from a mirror
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Writes the code that has these digits, or the word that was misspelt; safe. Where there is none, there is nothing to mend.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ImmutableArray<SuppressionComment> comments = SuppressionList.Read(spec.Tree).Comments;
        foreach (SuppressionComment comment in comments.Where(static comment => comment.Codes.IsEmpty))
            yield return Report(comment.Span, spec.Text.ToString(comment.Span).TrimStart('#').Trim(), "names no code", AllCodes);
        foreach ((string id, TextSpan span) in comments.SelectMany(static comment => comment.Codes))
        {
            if (KnownCodes.Contains(id)) continue;
            string? meant = KnownCodes.FindMeant(id);
            yield return Report(span, id, "is no code of a finding", meant is null ? AllCodes : $"Write '{meant}'.") with
            {
                Fixes = meant is null ? [] : [new($"Write '{meant}'", FixSafety.Safe, new TextChange(span, meant))],
            };
        }
        if (spec.Text.Bytes.IndexOf("vpython:"u8) < 0) yield break;
        foreach (CommentLine comment in CommentLine.Of(spec.Tree))
        {
            if (FindMalformed(comment) is { } malformed) yield return malformed;
        }
    }

    /// <summary>A comment that was meant to suppress something. One that only speaks of vpython (<c># vpython: disabled on bots</c>) is none.</summary>
    private Diagnostic? FindMalformed(CommentLine comment)
    {
        if (Directive().Match(comment.Text) is not { Success: true } match || SuppressionList.IsSuppression(comment.Text)) return null;
        string word = match.Groups["word"].Value;
        string lower = word.ToLowerInvariant();
        string? meant = SuppressionList.Verbs.FirstOrDefault(verb => EditDistance.Between(lower, verb) <= 2);
        bool hasCode = match.Groups["code"].Success;
        bool hasSign = match.Groups["sign"].Value.AsSpan().ContainsAny("=:");
        bool isVerb = meant is not null || lower.StartsWith("disable", StringComparison.Ordinal) || lower.StartsWith("enable", StringComparison.Ordinal);
        if (!(isVerb ? hasCode || hasSign || match.Index + match.Length == comment.Text.TrimEnd().Length : hasCode && hasSign)) return null;
        Group wrong = match.Groups["wrong"];
        string written = wrong.Value.TrimEnd();
        string step = meant is not null ? $"Write '{meant}=CODE'."
            : lower.StartsWith("enable", StringComparison.Ordinal) ? "What is not suppressed is looked for; '.editorconfig' says how much it matters."
            : "Write 'disable=CODE' above the element or behind it, or 'disable-file=CODE' for the whole spec.";
        return Report(comment.SpanOf(wrong.Index, written.Length), written, "is no directive", step) with
        {
            Fixes = meant is not null && hasCode ? [new($"Write '{meant}='", FixSafety.Safe, new TextChange(comment.SpanOf(wrong.Index, wrong.Length), meant + "="))] : [],
        };
    }

    [GeneratedRegex(@"^[#\s]*vpython:\s*(?<wrong>(?<word>[A-Za-z][A-Za-z_-]*)(?<sign>\s*[=:]?\s*))(?<code>(?:VPY[-_]?)?[0-9]{4}\b|all\b)?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Directive();
}
