using System.Collections.Immutable;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Formatting;

/// <summary>Lays out a part of a spec: the fields of the spec that a span touches, each as a whole, since half a message has no layout. Wheels stay in their order.</summary>
public static class RangeFormatter
{
    /// <summary>The changes; none where the span touches no field.</summary>
    public static ImmutableArray<TextChange> Format(SyntaxTree tree, TextSpan span, FormatOptions options)
    {
        ArgumentNullException.ThrowIfNull(tree);
        FieldSyntax[] fields = [.. tree.Root.Fields.Where(field => field.Span.OverlapsWith(span) || field.Span.Touches(span.Start) || span.Touches(field.Span.Start) && !span.IsEmpty)];
        return fields is [var first, .., var last] ? Format(tree, first, last, options) : fields is [var only] ? Format(tree, only, only, options) : [];
    }

    /// <summary>What is between the first byte of one field and the last of another, and the white space that the line of the first begins with.</summary>
    internal static ImmutableArray<TextChange> Format(SyntaxTree tree, FieldSyntax first, FieldSyntax last, FormatOptions options)
    {
        int before = tree.Root.Fields.IndexOf(first) is > 0 and var index ? tree.Root.Fields[index - 1].Span.End : tree.Document.Region!.Span.Start;
        var allowed = TextSpan.FromBounds(before, last.Span.End);
        return [.. SpecFormatter.Format(tree, options with { SortsWheels = false }).Where(change => allowed.Contains(change.Span))];
    }
}
