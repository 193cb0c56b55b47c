using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Diagnostics;

/// <summary>What was found between a document and others, in the text that it had then.</summary>
/// <param name="Text">That text.</param>
/// <param name="Diagnostics">The findings.</param>
/// <param name="Serial">Another number for other findings.</param>
internal sealed record BetweenFindings(SourceText Text, ImmutableArray<Diagnostic> Diagnostics, long Serial)
{
    /// <summary>The findings in a later text: those before and behind what changed, each where it is now. Until all documents are looked at again they are the best that is known.</summary>
    public IEnumerable<Diagnostic> In(SourceText text)
    {
        if (text == Text) return Diagnostics;
        if (Diagnostics.IsEmpty || TextChange.Between(Text, text) is not { } change) return [];
        int shift = text.Length - Text.Length;
        return Diagnostics
            .Where(diagnostic => diagnostic.Span.End <= change.Span.Start || diagnostic.Span.Start >= change.Span.End)
            // The fixes are changes of the former text.
            .Select(diagnostic => diagnostic with
            {
                Span = diagnostic.Span.End <= change.Span.Start ? diagnostic.Span : new TextSpan(diagnostic.Span.Start + shift, diagnostic.Span.Length),
                Fixes = [],
            });
    }

    /// <summary>Whether another look found the same.</summary>
    public bool HasSame(SourceText text, ImmutableArray<Diagnostic> diagnostics) =>
        text == Text && diagnostics.Length == Diagnostics.Length && diagnostics.Zip(Diagnostics).All(static pair => IsSame(pair.First, pair.Second));

    private static bool IsSame(Diagnostic left, Diagnostic right) =>
        left.Id == right.Id && left.Severity == right.Severity && left.Span == right.Span && left.Message == right.Message && left.Related.Length == right.Related.Length
        && left.Related.Zip(right.Related).All(static pair => pair.First.Span == pair.Second.Span && pair.First.Text.Path == pair.Second.Text.Path && pair.First.Message == pair.Second.Message);
}
