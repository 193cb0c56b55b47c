using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Formatting;

/// <summary>What is laid out while somebody types: a new line, and a block that was just closed.</summary>
public static class OnTypeFormatting
{
    /// <summary>The characters after which there may be something to lay out.</summary>
    public static ImmutableArray<char> Triggers { get; } = ['\n', '}', '>'];

    /// <summary>
    /// The changes after a character was typed. Behind a line break the new line gets the comment prefix of a spec in a script, and the indentation of what is around it;
    /// behind a closing bracket the block that it closes is laid out, its brackets being kept as they are; where that block lies in others that are still open, only the
    /// line of the bracket is indented. None inside strings, outside of the spec, and after other characters.
    /// </summary>
    /// <param name="spec">The spec, with the character.</param>
    /// <param name="offset">Where the cursor is: behind the character, and behind what the editor put on a new line by itself.</param>
    /// <param name="typed">The character.</param>
    public static ImmutableArray<TextChange> Format(SpecAnalysis spec, int offset, char typed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Region is not { } region || offset < region.Span.Start || offset > region.Span.End) return [];
        return typed switch
        {
            '\n' => IndentLine(spec, region, offset),
            '}' or '>' => CloseBlock(spec, offset),
            _ => [],
        };
    }

    private static ImmutableArray<TextChange> IndentLine(SpecAnalysis spec, SpecRegion region, int offset)
    {
        SyntaxTree tree = spec.Tree;
        TextSpan line = spec.Text.GetLineSpan(spec.Text.GetLine(offset));
        if (line.Start < region.Span.Start || IsInString(tree, line.Start)) return [];
        string prefix = SpecLayout.Of(tree).LinePrefix;
        int contentStart = line.Start + LengthOfPrefix(spec.Text.Slice(line), prefix);
        int next = tree.FindToken(contentStart);
        bool closes = tree.Tokens[next] is { Kind: SyntaxKind.CloseAngle or SyntaxKind.CloseBrace or SyntaxKind.CloseBracket } close && line.Touches(close.Start) && spec.Text.Bytes[contentStart..close.Start].Trim(" \t"u8).IsEmpty;
        int level = LevelAt(tree, contentStart, closes ? next : -1);
        string indentation = prefix + new string(' ', level * spec.Settings.Format.IndentSize);
        return Replace(spec.Text, TextSpan.FromBounds(line.Start, contentStart), indentation);
    }

    private static ImmutableArray<TextChange> CloseBlock(SpecAnalysis spec, int offset)
    {
        SyntaxTree tree = spec.Tree;
        int token = offset == 0 ? 0 : tree.FindToken(offset - 1);
        if (tree.Tokens[token].End != offset || FindClosedBy(tree.Root, token) is not { } block) return [];
        TextSpan field = block.Parent!.Span;
        FormatOptions options = spec.Settings.Format with { SortsWheels = false, Brackets = BracketStyle.Keep };
        ImmutableArray<TextChange> changes = [.. SpecFormatter.Format(tree, options).Where(change => field.Contains(change.Span))];
        if (!changes.IsEmpty || !new TokenContext(tree).IsFirstOnLine(token)) return changes;
        TextSpan openLine = spec.Text.GetLineSpan(spec.Text.GetLine(tree.Tokens[block.FirstToken].Start));
        TextSpan closeLine = spec.Text.GetLineSpan(spec.Text.GetLine(tree.Tokens[token].Start));
        if (openLine == closeLine || HasPlan(tree)) return [];
        string prefix = SpecLayout.Of(tree).LinePrefix;
        ReadOnlySpan<byte> open = spec.Text.Slice(openLine);
        int prefixLength = Math.Min(open.Length, prefix.Length);
        int blanks = open[prefixLength..].Length - open[prefixLength..].TrimStart((byte)' ').Length;
        return Replace(spec.Text, TextSpan.FromBounds(closeLine.Start, tree.Tokens[token].Start), prefix + new string(' ', blanks));
    }

    /// <summary>Whether the formatter has looked at the whole spec: then what it did not change is right as it is.</summary>
    private static bool HasPlan(SyntaxTree tree) => tree.Diagnostics.IsEmpty;

    private static ImmutableArray<TextChange> Replace(SourceText text, TextSpan span, string indentation) => text.ToString(span) == indentation ? [] : [new(span, indentation)];

    /// <summary>How much of a line is indentation and comment prefix, whether or not the editor has repeated the prefix.</summary>
    private static int LengthOfPrefix(ReadOnlySpan<byte> line, string prefix)
    {
        string sign = prefix.Trim();
        int length = line.Length - line.TrimStart(" \t"u8).Length;
        if (sign.Length == 0 || !line[length..].StartsWith(System.Text.Encoding.UTF8.GetBytes(sign))) return length;
        length += System.Text.Encoding.UTF8.GetByteCount(sign);
        return line.Length - line[length..].TrimStart(" \t"u8).Length;
    }

    private static bool IsInString(SyntaxTree tree, int offset)
    {
        SyntaxToken token = tree.Tokens[tree.FindToken(offset)];
        return token.IsString && token.Start < offset;
    }

    /// <summary>In how many blocks an offset is. A block without its closing bracket goes on to the token behind it.</summary>
    /// <param name="tree">The spec.</param>
    /// <param name="offset">The offset.</param>
    /// <param name="closing">A bracket whose block does not count; negative for none.</param>
    private static int LevelAt(SyntaxTree tree, int offset, int closing)
    {
        int level = 0;
        SyntaxNode? node = tree.Root;
        while (node is not null)
        {
            if (node is MessageSyntax { IsRoot: false } or ListSyntax && node.TokenEnd - 1 != closing) level++;
            node = node switch
            {
                MessageSyntax message => message.Fields.LastOrDefault(field => IsAround(tree, field, offset)),
                ListSyntax list => list.Elements.LastOrDefault(element => IsAround(tree, element, offset)),
                FieldSyntax { Value: { } value } when IsAround(tree, value, offset) => value,
                _ => null,
            };
        }
        return level;
    }

    private static bool IsAround(SyntaxTree tree, SyntaxNode node, int offset)
    {
        ValueSyntax? value = node is FieldSyntax field ? field.Value : node as ValueSyntax;
        bool isBlock = value is MessageSyntax or ListSyntax;
        if (!isBlock || tree.Tokens[value!.FirstToken].End > offset) return false;
        bool isClosed = value is MessageSyntax { IsClosed: true } or ListSyntax { IsClosed: true };
        return offset <= tree.Tokens[isClosed ? value.TokenEnd - 1 : value.TokenEnd].Start;
    }

    private static MessageSyntax? FindClosedBy(MessageSyntax root, int token) =>
        Navigation.SpecCursor.NodesAround(root.Tree, token)[^1] is MessageSyntax { IsRoot: false, IsClosed: true } message && message.TokenEnd - 1 == token ? message : null;
}
