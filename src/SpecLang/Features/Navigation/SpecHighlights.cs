using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Features.Presentation;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>
/// What is marked in a spec because the cursor is on its like: the names of the same wheel, the other bracket, the other guard, and the same field, variable or value
/// elsewhere.
/// </summary>
public static class SpecHighlights
{
    /// <summary>The places, in order, the one at the offset among them; none where nothing is like what is there.</summary>
    public static ImmutableArray<TextSpan> At(SpecAnalysis spec, int offset)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Region is not { } region) return [];
        TextSpan?[] guards = [region.BeginGuard, region.EndGuard];
        if (guards.Any(guard => guard?.Touches(offset) == true)) return [.. guards.OfType<TextSpan>()];
        if (SpecCursor.FindToken(spec.Tree, offset) is not { } token) return [];
        // The cursor on a variable means the variable, not the name that it is in.
        ImmutableArray<SemanticToken> pieces = SemanticTokens.Of(spec);
        SemanticToken? piece = Touched(pieces, spec.Tree.Tokens[token].Span, offset);
        if (piece is not { Kind: SemanticTokenKind.Variable or SemanticTokenKind.Alternative } && SpecCursor.FindWheel(spec, offset) is { Package: { } package, NameValue: { } name }
            && name.Syntax.Span.Touches(offset))
        {
            return [.. spec.Wheels.Where(wheel => wheel.Package?.Distribution == package.Distribution).Select(static wheel => SpecCursor.FindStem(wheel) ?? wheel.NameSpan)];
        }
        return piece switch
        {
            null or { Kind: SemanticTokenKind.Comment or SemanticTokenKind.VariablePunctuation or SemanticTokenKind.HeredocMark } => [],
            { Kind: SemanticTokenKind.Punctuation } => BracketsOf(spec.Tree, token),
            { } touched => [.. pieces.Where(other => IsLike(spec.Text, other, touched)).Select(static other => other.Span)],
        };
    }

    private static SemanticToken? Touched(ImmutableArray<SemanticToken> pieces, TextSpan token, int offset)
    {
        SemanticToken? found = null;
        foreach (SemanticToken piece in pieces)
        {
            if (piece.Span.Start > offset) break;
            // Of two that meet at the offset, the one behind it is meant, unless it is a sign.
            if (token.Contains(piece.Span) && piece.Span.Touches(offset) && (found is null || piece.Kind != SemanticTokenKind.VariablePunctuation)) found = piece;
        }
        return found;
    }

    private static bool IsLike(SourceText text, SemanticToken left, SemanticToken right) => left.Kind == right.Kind && text.Slice(left.Span).SequenceEqual(text.Slice(right.Span));

    private static ImmutableArray<TextSpan> BracketsOf(SyntaxTree tree, int token)
    {
        SyntaxNode node = SpecCursor.NodesAround(tree, token)[^1];
        bool isClosed = node is MessageSyntax { IsClosed: true } or ListSyntax { IsClosed: true };
        if (!isClosed || token != node.FirstToken && token != node.TokenEnd - 1) return [];
        return [tree.Tokens[node.FirstToken].Span, tree.Tokens[node.TokenEnd - 1].Span];
    }
}
