using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>What can be folded in a spec: blocks, runs of comments, long strings, and a spec inside a script as a whole.</summary>
public static class FoldingRanges
{
    /// <summary>The ranges, in order of their starts. Each has at least two lines; two of them are one in the other or apart.</summary>
    public static ImmutableArray<FoldingRange> Of(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Region is not { } region) return [];
        var ranges = new List<FoldingRange>();
        if (region.BeginGuard is { } guard) Add(ranges, spec.Text, guard.End, WithoutBreak(spec.Text, guard.End, region.Span.End), FoldingKind.Region);
        AddFields(ranges, spec.Tree.Root);
        AddComments(ranges, spec.Tree);
        return [.. ranges.OrderBy(static range => range.Span.Start).ThenByDescending(static range => range.Span.Length)];
    }

    private static void AddFields(List<FoldingRange> ranges, MessageSyntax message)
    {
        foreach (FieldSyntax field in message.Fields)
        {
            if (field.Value is { } value) AddValue(ranges, value);
        }
    }

    private static void AddValue(List<FoldingRange> ranges, ValueSyntax value)
    {
        switch (value)
        {
            case MessageSyntax message:
                AddBlock(ranges, message, message.IsClosed);
                AddFields(ranges, message);
                break;
            case ListSyntax list:
                AddBlock(ranges, list, list.IsClosed);
                foreach (ValueSyntax element in list.Elements) AddValue(ranges, element);
                break;
            case ScalarSyntax { IsString: true } scalar:
                SourceText text = scalar.Tree.Text;
                int firstLineEnd = text.GetLineSpan(text.GetLine(scalar.Span.Start)).End;
                Add(ranges, text, Math.Min(firstLineEnd, scalar.Span.End), scalar.Span.End, FoldingKind.Text);
                break;
        }
    }

    private static void AddBlock(List<FoldingRange> ranges, ValueSyntax block, bool isClosed)
    {
        if (block.Tokens.IsEmpty) return;
        SourceText text = block.Tree.Text;
        int start = block.Tokens[0].End;
        int end = block.Span.End;
        if (isClosed && block.TokenEnd - block.FirstToken > 1)
        {
            int close = block.TokenEnd - 1;
            end = block.Tree.Tokens[close].Start;
            if (new TokenContext(block.Tree).IsFirstOnLine(close)) end = WithoutBreak(text, start, text.GetLineSpan(text.GetLine(end)).Start);
        }
        Add(ranges, text, start, end, FoldingKind.Block);
    }

    /// <summary>Comments that have their lines for themselves, without anything else between them.</summary>
    private static void AddComments(List<FoldingRange> ranges, SyntaxTree tree)
    {
        for (int token = 0; token < tree.Tokens.Length; token++)
        {
            int lineBreaks = token == 0 ? 1 : 0;
            TextSpan? first = null;
            int end = 0;
            foreach (SyntaxToken trivia in tree.TriviaBefore(token))
            {
                if (trivia.Kind == SyntaxKind.EndOfLine) lineBreaks++;
                if (trivia.Kind != SyntaxKind.Comment) continue;
                if (lineBreaks != 1 && first is { } run)
                {
                    Add(ranges, tree.Text, run.End, end, FoldingKind.Comment);
                    first = null;
                }
                if (lineBreaks > 0) first ??= trivia.Span;
                end = trivia.End;
                lineBreaks = 0;
            }
            if (first is { } last) Add(ranges, tree.Text, last.End, end, FoldingKind.Comment);
        }
    }

    private static int WithoutBreak(SourceText text, int start, int end)
    {
        if (end > start && text.Bytes[end - 1] == '\n') end--;
        if (end > start && text.Bytes[end - 1] == '\r') end--;
        return end;
    }

    private static void Add(List<FoldingRange> ranges, SourceText text, int start, int end, FoldingKind kind)
    {
        if (end > start && text.GetLine(end) > text.GetLine(start)) ranges.Add(new(TextSpan.FromBounds(start, end), kind));
    }
}
