using System.Collections.Immutable;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Formatting;

/// <summary>Lays out what was just typed: the beginning of a new line, and the field that a bracket has closed.</summary>
public static class TypedFormatter
{
    /// <summary>
    /// The beginning of a new line: the comment prefix of a spec in a script, which an editor does not know of, and the indentation of the message around it. Nothing in
    /// a string or heredoc, and outside of specs.
    /// </summary>
    /// <param name="tree">The text with the line break.</param>
    /// <param name="offset">Somewhere on the new line.</param>
    /// <param name="options">The style.</param>
    public static ImmutableArray<TextChange> AfterLineBreak(SyntaxTree tree, int offset, FormatOptions options)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(options);
        if (tree.Document.Region is not { } region) return [];
        int lineNumber = tree.Text.GetLine(offset);
        TextSpan line = tree.Text.GetLineSpan(lineNumber);
        if (lineNumber == 0 || line.Start < region.Span.Start || line.End > region.Span.End) return [];
        if (region.EndGuard is { } end && line.Contains(end)) return [];

        string prefix = SpecLayout.Of(tree).LinePrefix;
        TextSpan beginning = BeginningOf(tree.Text, line, region, prefix);
        int depth = 0;
        foreach (SyntaxToken token in tree.Tokens)
        {
            if (token.Start >= beginning.End) break;
            // The line is within a token: its white space is part of a value.
            if (token.End > line.Start) return [];
            if (token.Kind is SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket) depth++;
            if (token.Kind is SyntaxKind.CloseAngle or SyntaxKind.CloseBrace or SyntaxKind.CloseBracket && depth > 0) depth--;
        }
        bool closes = beginning.End < line.End && tree.Text.Bytes[beginning.End] is (byte)'>' or (byte)'}' or (byte)']';
        string written = prefix + new string(' ', options.IndentSize * Math.Max(0, closes ? depth - 1 : depth));
        return tree.Text.ToString(beginning) == written ? [] : [new(beginning, written)];
    }

    /// <summary>The field of the spec that a bracket has closed, if it is sound.</summary>
    /// <param name="tree">The text with the bracket.</param>
    /// <param name="offset">Behind the bracket.</param>
    /// <param name="options">The style.</param>
    public static ImmutableArray<TextChange> AfterBracket(SyntaxTree tree, int offset, FormatOptions options)
    {
        ArgumentNullException.ThrowIfNull(tree);
        FieldSyntax? field = tree.Root.Fields.FirstOrDefault(field => field.Span.End == offset);
        return field is null ? [] : RangeFormatter.Format(tree, field, field, options);
    }

    /// <summary>White space, and the comment prefix where it is there already, with the blanks behind it.</summary>
    private static TextSpan BeginningOf(SourceText text, TextSpan line, SpecRegion region, string prefix)
    {
        ReadOnlySpan<byte> bytes = text.Slice(line);
        int length = bytes.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (length < 0) return line;
        ReadOnlySpan<char> sign = prefix.AsSpan().Trim();
        if (region.IsEmbedded && !sign.IsEmpty && text.ToString(TextSpan.FromBounds(line.Start + length, line.End)).AsSpan().StartsWith(sign, StringComparison.Ordinal))
        {
            length += System.Text.Encoding.UTF8.GetByteCount(sign);
            int blanks = bytes[length..].IndexOfAnyExcept((byte)' ', (byte)'\t');
            length = blanks < 0 ? bytes.Length : length + blanks;
        }
        return new(line.Start, length);
    }
}
