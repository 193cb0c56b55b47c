using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>What is at an offset of a spec.</summary>
internal static class SpecCursor
{
    /// <summary>
    /// The index of the token that a cursor is in or beside; of two that it stands between, the one that is no sign. Null in white space and comments, and outside of the
    /// spec.
    /// </summary>
    public static int? FindToken(SyntaxTree tree, int offset)
    {
        ReadOnlySpan<SyntaxToken> tokens = tree.Tokens;
        int index = tree.FindToken(offset);
        bool isIn = tokens[index].Kind != SyntaxKind.EndOfSpec && tokens[index].Start <= offset;
        if (isIn && (tokens[index].Start < offset || !IsSign(tokens[index].Kind))) return index;
        if (index > 0 && tokens[index - 1].End == offset && !(isIn && IsSign(tokens[index - 1].Kind))) return index - 1;
        return isIn ? index : null;
    }

    /// <summary>The nodes around a token, the whole spec first.</summary>
    public static List<SyntaxNode> NodesAround(SyntaxTree tree, int token)
    {
        var nodes = new List<SyntaxNode>();
        SyntaxNode? node = tree.Root;
        while (node is not null)
        {
            nodes.Add(node);
            node = FindChild(node, token);
        }
        return nodes;
    }

    /// <summary>The wheel whose name, or whose field's name, is at an offset; null when none is.</summary>
    public static WheelEntry? FindWheel(SpecAnalysis spec, int offset)
    {
        if (FindToken(spec.Tree, offset) is not { } token) return null;
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.NameValue is { } name && name.Syntax.FirstToken <= token && token < name.Syntax.TokenEnd) return wheel;
            if (!wheel.IsInList && wheel.Field.FirstToken == token) return wheel;
        }
        return null;
    }

    /// <summary>The text of a value in one pair of quotes and without escape sequences, so that its characters are where they seem to be; null of other values.</summary>
    public static TextSpan? PlainContent(ValueSyntax value) =>
        value is ScalarSyntax { Tokens: [{ Kind: SyntaxKind.StringLiteral, HasEscape: false } token] } ? new(token.Start + 1, StringValue.Inside(value.Tree.Text.Bytes, token).Length) : null;

    /// <summary>Where the distribution is in a wheel's name; null when it is not written in one piece.</summary>
    public static TextSpan? FindStem(WheelEntry wheel)
    {
        if (wheel.Package is not { } package || wheel.NameValue is not { } name || PlainContent(name.Syntax) is not { } content) return null;
        var span = new TextSpan(content.Start + Encoding.UTF8.GetByteCount(package.Prefix), Encoding.UTF8.GetByteCount(package.Stem));
        return content.Contains(span) && name.Syntax.Tree.Text.ToString(span) == package.Stem ? span : null;
    }

    private static bool IsSign(SyntaxKind kind) => kind is not (SyntaxKind.Identifier or SyntaxKind.IntegerLiteral or SyntaxKind.FloatLiteral or SyntaxKind.StringLiteral or SyntaxKind.Heredoc);

    private static SyntaxNode? FindChild(SyntaxNode node, int token)
    {
        switch (node)
        {
            case MessageSyntax message:
                return message.Fields.FirstOrDefault(field => Holds(field, token));
            case ListSyntax list:
                return list.Elements.FirstOrDefault(element => Holds(element, token));
            case FieldSyntax { Value: { } value }:
                return Holds(value, token) ? value : null;
            default:
                return null;
        }
    }

    private static bool Holds(SyntaxNode node, int token) => node.FirstToken <= token && token < node.TokenEnd;
}
