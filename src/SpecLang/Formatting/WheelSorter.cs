using System.Collections.Immutable;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Formatting;

/// <summary>
/// Puts wheels in the order of their names, each with the comments directly above it and behind it. Wheels are sorted within a run: what ends one is
/// another field, a comment with an empty line below it (a heading), a wheel that shares its line, and a part that is not to be formatted. Their
/// order means nothing to <c>vpython3</c>.
/// </summary>
internal static class WheelSorter
{
    /// <summary>The changes that sort the wheels of a spec without mistakes; none when they are in order.</summary>
    /// <param name="tree">The spec.</param>
    /// <param name="off">The parts that are not to be formatted, in order of position.</param>
    public static ImmutableArray<TextChange> Sort(SyntaxTree tree, IReadOnlyList<TextSpan> off)
    {
        if (!tree.Diagnostics.IsEmpty) return [];
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        var run = new List<Block>();
        int previousEnd = tree.Document.Region?.Span.Start ?? 0;
        int passedOff = 0;
        foreach (FieldSyntax field in tree.Root.Fields)
        {
            Block? block = FindBlock(tree, field, previousEnd, out bool hasHeading);
            if (block is not null)
            {
                while (passedOff < off.Count && off[passedOff].End <= block.Span.Start) passedOff++;
                if (passedOff < off.Count && off[passedOff].Start < block.Span.End) block = null;
            }
            if (block is null || hasHeading) SortRun(tree, run, changes);
            if (block is { } wheel) run.Add(wheel);
            previousEnd = field.Span.End;
        }
        SortRun(tree, run, changes);
        return changes.DrainToImmutable();
    }

    private static void SortRun(SyntaxTree tree, List<Block> run, ImmutableArray<TextChange>.Builder changes)
    {
        List<Block> sorted = [.. run.OrderBy(static block => block.Name, StringComparer.Ordinal)];
        for (int i = 0; i < run.Count; i++)
        {
            if (sorted[i] != run[i]) changes.Add(new(run[i].Span, tree.Text.ToString(sorted[i].Span)));
        }
        run.Clear();
    }

    /// <summary>The lines of a wheel, from the first comment above it to the end of its last line; null when it is not to be moved.</summary>
    private static Block? FindBlock(SyntaxTree tree, FieldSyntax field, int previousEnd, out bool hasHeading)
    {
        hasHeading = false;
        SourceText text = tree.Text;
        if (field is not { NameToken.Kind: SyntaxKind.Identifier, Name: "wheel", Value: MessageSyntax { IsClosed: true } message }) return null;
        int start = StartOfBlock(tree, field, text.GetLine(previousEnd), out hasHeading);
        int end = EndOfBlock(tree, field);
        if (start < 0 || end < 0) return null;
        var span = TextSpan.FromBounds(start, end);
        if (!System.Text.Unicode.Utf8.IsValid(text.Slice(span))) return null;
        return new(span, NameOf(tree, message));
    }

    /// <summary>The first byte of the block's first line behind the line's prefix; negative when something else is on that line.</summary>
    private static int StartOfBlock(SyntaxTree tree, FieldSyntax field, int previousLine, out bool hasHeading)
    {
        hasHeading = false;
        bool isFirstOfLine = field.FirstToken == 0;
        int start = field.Span.Start;
        int commentStart = -1;
        int lineBreaks = 0;
        foreach (SyntaxToken trivia in tree.TriviaBefore(field.FirstToken))
        {
            if (trivia.Kind == SyntaxKind.EndOfLine)
            {
                isFirstOfLine = true;
                if (++lineBreaks < 2 || commentStart < 0) continue;
                hasHeading = true;
                commentStart = -1;
            }
            else if (trivia.Kind == SyntaxKind.Comment)
            {
                if (tree.Text.GetLine(trivia.Start) == previousLine && field.FirstToken > 0) continue;
                // What turns formatting on again stays where it is.
                if (SpecFormatter.IsOnDirective(tree, trivia))
                {
                    hasHeading = true;
                    commentStart = -1;
                    continue;
                }
                if (commentStart < 0) commentStart = trivia.Start;
                lineBreaks = 0;
            }
        }
        if (!isFirstOfLine) return -1;
        return commentStart < 0 ? start : commentStart;
    }

    /// <summary>The end of a field with a comment behind it on its line; negative when another field is on that line.</summary>
    private static int EndOfBlock(SyntaxTree tree, FieldSyntax field)
    {
        int end = field.Span.End;
        foreach (SyntaxToken trivia in tree.TriviaBefore(field.TokenEnd))
        {
            if (trivia.Kind == SyntaxKind.EndOfLine) return end;
            if (trivia.Kind == SyntaxKind.Comment) end = trivia.End;
        }
        return tree.Tokens[field.TokenEnd].Kind == SyntaxKind.EndOfSpec ? end : -1;
    }

    private static string NameOf(SyntaxTree tree, MessageSyntax wheel)
    {
        var name = new ByteBuffer(64);
        foreach (FieldSyntax field in wheel.Fields)
        {
            if (field.Name != "name" || field.Value is not ScalarSyntax { IsString: true } value) continue;
            foreach (SyntaxToken part in value.Tokens) StringValue.Append(tree.Document, part, name);
        }
        return System.Text.Encoding.UTF8.GetString(name.Written);
    }

    private sealed record Block(TextSpan Span, string Name);
}
