using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Formatting;

/// <summary>Lays out a part of a spec in the canonical style.</summary>
public static class RangeFormatting
{
    /// <summary>
    /// The changes that bring the fields of the spec that lie in a range, wholly or in part, and what stands between them, into the style of the spec's settings. Half a field
    /// is never laid out, and wheels stay in their order. None where the formatter would change nothing.
    /// </summary>
    public static ImmutableArray<TextChange> Format(SpecAnalysis spec, TextSpan range)
    {
        ArgumentNullException.ThrowIfNull(spec);
        TextSpan extent = Extend(spec.Tree, range);
        return [.. SpecFormatter.Format(spec.Tree, spec.Settings.Format with { SortsWheels = false }).Where(change => IsIn(change.Span, extent))];
    }

    /// <summary>A range with the fields that it reaches into.</summary>
    private static TextSpan Extend(SyntaxTree tree, TextSpan range)
    {
        int start = range.Start;
        int end = range.End;
        foreach (FieldSyntax field in tree.Root.Fields)
        {
            TextSpan span = field.Span;
            if (span.Start > range.End) break;
            bool isReached = range.IsEmpty ? span.Touches(range.Start) : span.OverlapsWith(range);
            if (!isReached) continue;
            start = Math.Min(start, span.Start);
            end = Math.Max(end, span.End);
        }
        return TextSpan.FromBounds(start, end);
    }

    /// <summary>Whether a change is in what is laid out: within it, or between fields where it touches that.</summary>
    private static bool IsIn(TextSpan change, TextSpan extent) => change.IsEmpty ? extent.Touches(change.Start) : change.OverlapsWith(extent);
}
