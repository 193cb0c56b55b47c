using System.Collections.Immutable;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Formatting;

/// <summary>The parts of a spec between <c># vpython-fmt: off</c> and <c># vpython-fmt: on</c>, which stay as they are.</summary>
internal sealed class OffParts
{
    private const string OffDirective = "vpython-fmt: off";
    private const string OnDirective = "vpython-fmt: on";

    private readonly ImmutableArray<TextSpan> _parts;

    private OffParts(ImmutableArray<TextSpan> parts) => _parts = parts;

    /// <summary>Finds the parts of a spec.</summary>
    public static OffParts Find(SyntaxTree tree)
    {
        if (tree.Text.Bytes.IndexOf("vpython-fmt:"u8) < 0) return new([]);
        var parts = ImmutableArray.CreateBuilder<TextSpan>();
        int off = -1;
        for (int i = 0; i < tree.Tokens.Length; i++)
        {
            if (!tree.MayHaveCommentBefore(i)) continue;
            foreach (SyntaxToken trivia in tree.TriviaBefore(i))
            {
                if (trivia.Kind != SyntaxKind.Comment) continue;
                if (off < 0 && TextOf(tree, trivia) == OffDirective) off = trivia.Start;
                if (off < 0 || !EndsPart(tree, trivia)) continue;
                parts.Add(TextSpan.FromBounds(off, trivia.End));
                off = -1;
            }
        }
        if (off >= 0) parts.Add(TextSpan.FromBounds(off, tree.Text.Length));
        return new(parts.DrainToImmutable());
    }

    /// <summary>Whether a comment turns formatting on again.</summary>
    public static bool EndsPart(SyntaxTree tree, SyntaxToken comment) => TextOf(tree, comment) == OnDirective;

    /// <summary>Whether some of the span lies in such a part.</summary>
    public bool Overlap(TextSpan span)
    {
        int low = 0;
        int high = _parts.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_parts[middle].End <= span.Start) low = middle + 1;
            else high = middle;
        }
        return low < _parts.Length && _parts[low].Start < span.End;
    }

    private static string TextOf(SyntaxTree tree, SyntaxToken comment) => tree.Text.ToString(comment.Span).TrimStart('#').Trim();
}
