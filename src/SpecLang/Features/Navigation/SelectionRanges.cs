using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Features.Presentation;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>What is selected step by step around a cursor: a word, a part of a name, a string, a value, a field, the fields around it, the spec.</summary>
public static class SelectionRanges
{
    /// <summary>The spans around an offset, each within the next larger one, the smallest first. In a script they end with its guards; outside of them there are none.</summary>
    public static ImmutableArray<TextSpan> At(SpecAnalysis spec, int offset)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Region is not { } region) return [];
        TextSpan whole = WholeOf(spec, region);
        if (!whole.Touches(offset)) return [];
        var spans = new Chain(offset);
        SyntaxTree tree = spec.Tree;
        if (SpecCursor.FindToken(tree, offset) is { } token)
        {
            AddToken(ref spans, spec, token);
            AddNodes(ref spans, SpecCursor.NodesAround(tree, token));
        }
        else
        {
            AddComment(ref spans, tree, offset);
            AddNodes(ref spans, SpecCursor.NodesAround(tree, tree.FindToken(offset)));
        }
        spans.Add(region.Span);
        spans.Add(whole);
        return spans.ToImmutable();
    }

    private static TextSpan WholeOf(SpecAnalysis spec, SpecRegion region) =>
        region.BeginGuard is { } begin ? TextSpan.FromBounds(begin.Start, Math.Max(region.EndGuard?.End ?? region.Span.End, begin.End)) : new(0, spec.Text.Length);

    private static void AddToken(ref Chain spans, SpecAnalysis spec, int index)
    {
        SyntaxToken token = spec.Tree.Tokens[index];
        if (token.Kind == SyntaxKind.StringLiteral)
        {
            int contentLength = StringValue.Inside(spec.Text.Bytes, token).Length;
            var content = new TextSpan(token.Start + 1, contentLength);
            spans.AddWord(spec.Text, content);
            foreach (SemanticToken piece in StringPieces.Of(spec.Text, token, TextRole.PackageName)) spans.Add(piece.Span.Start > token.Start && piece.Span.End <= content.End ? piece.Span : default);
            spans.AddBetween(spec.Text, content, (byte)'/');
            spans.Add(content);
        }
        else if (token.Kind == SyntaxKind.Heredoc)
        {
            SpecRegion region = spec.Document.Region!;
            TextSpan line = region.IsEmbedded ? region.Lines[region.FindLine(spans.Offset)].Content : spec.Text.GetLineSpan(spec.Text.GetLine(spans.Offset));
            spans.AddWord(spec.Text, line);
            if (token.Span.Contains(line)) spans.Add(line);
        }
        spans.Add(token.Span);
    }

    private static void AddComment(ref Chain spans, SyntaxTree tree, int offset)
    {
        foreach (SyntaxToken trivia in tree.TriviaBefore(tree.FindToken(offset)))
        {
            if (trivia.Kind != SyntaxKind.Comment || !trivia.Span.Touches(offset)) continue;
            spans.AddWord(tree.Text, trivia.Span);
            int blanks = trivia.Length - tree.Text.Slice(trivia.Span).TrimStart("# \t"u8).Length;
            spans.Add(new(trivia.Start + blanks, trivia.Length - blanks));
            spans.Add(trivia.Span);
        }
    }

    private static void AddNodes(ref Chain spans, List<SyntaxNode> nodes)
    {
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            bool isClosed = nodes[i] is MessageSyntax { IsClosed: true } or ListSyntax { IsClosed: true };
            if (isClosed && nodes[i].Tokens is [var open, .., var close]) spans.Add(TextSpan.FromBounds(open.End, close.Start));
            spans.Add(nodes[i].Span);
        }
    }

    /// <summary>Spans that grow.</summary>
    private struct Chain(int offset)
    {
        private readonly ImmutableArray<TextSpan>.Builder _spans = ImmutableArray.CreateBuilder<TextSpan>();
        private TextSpan _last = new(offset, 0);

        public readonly int Offset => offset;

        /// <summary>Adds a span that holds the one before it and is larger; no other.</summary>
        public void Add(TextSpan span)
        {
            if (span.Length <= _last.Length || !span.Contains(_last)) return;
            _spans.Add(span);
            _last = span;
        }

        /// <summary>Adds the word at the offset.</summary>
        public void AddWord(SourceText text, TextSpan within)
        {
            if (!within.Touches(offset)) return;
            int start = offset;
            int end = offset;
            while (start > within.Start && IsWord(text.Bytes[start - 1])) start--;
            while (end < within.End && IsWord(text.Bytes[end])) end++;
            Add(TextSpan.FromBounds(start, end));
        }

        /// <summary>Adds what is around the offset up to the next signs of a kind.</summary>
        public void AddBetween(SourceText text, TextSpan within, byte sign)
        {
            if (!within.Touches(offset)) return;
            int before = text.Bytes[within.Start..offset].LastIndexOf(sign);
            int behind = text.Bytes[offset..within.End].IndexOf(sign);
            Add(TextSpan.FromBounds(before < 0 ? within.Start : within.Start + before + 1, behind < 0 ? within.End : offset + behind));
        }

        public readonly ImmutableArray<TextSpan> ToImmutable() => _spans.ToImmutable();

        /// <summary>Characters beyond ASCII are letters, near enough.</summary>
        private static bool IsWord(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or >= 0x80;
    }
}
