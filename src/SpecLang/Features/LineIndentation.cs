using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features;

/// <summary>How far lines of a spec are indented, whatever comment prefix they have in a script.</summary>
internal static class LineIndentation
{
    /// <summary>The blanks at the beginning of the line of an offset, without the prefix that every line of the spec has; none behind the offset.</summary>
    public static string Of(SyntaxTree tree, int offset)
    {
        int start = Math.Min(ContentStart(tree, offset), offset);
        int end = start;
        while (end < offset && tree.Text.Bytes[end] is (byte)' ' or (byte)'\t') end++;
        string blanks = tree.Text.ToString(TextSpan.FromBounds(start, end));
        string prefix = tree.Document.Region is { IsEmbedded: true, Prefix.IsEmpty: true } ? SpecLayout.Of(tree).LinePrefix : "";
        return blanks.StartsWith(prefix, StringComparison.Ordinal) ? blanks[prefix.Length..] : blanks;
    }

    /// <summary>Where the line of an offset begins to be the spec's: behind the comment prefix, or behind where that would end.</summary>
    public static int ContentStart(SyntaxTree tree, int offset)
    {
        SpecRegion region = tree.Document.Region!;
        if (!region.IsEmbedded || region.Lines.IsEmpty) return Math.Max(region.Span.Start, tree.Text.GetLineSpan(tree.Text.GetLine(offset)).Start);
        RegionLine line = region.Lines[region.FindLine(offset)];
        // Without a prefix the content of a line is what is left of its blanks, and the indentation is among them.
        if (region.Prefix.IsEmpty) return line.Start;
        // A line of nothing but the sign of the comment has lost the blanks behind it, or not got them yet.
        return IsBareSign(tree, region, line) && offset >= line.ContentStart && tree.Text.GetLine(offset) == tree.Text.GetLine(line.Start)
            ? line.Start + WhiteSpace.LeadingLength(tree.Text.Bytes[line.Start..line.ContentEnd]) + region.Prefix.Length
            : line.ContentStart;
    }

    private static bool IsBareSign(SyntaxTree tree, SpecRegion region, RegionLine line)
    {
        ReadOnlySpan<byte> sign = tree.Text.Slice(region.Prefix).TrimEnd(" \t"u8);
        return line.Content.IsEmpty && !sign.IsEmpty && tree.Text.Bytes[line.Start..line.ContentEnd].Trim(" \t"u8).SequenceEqual(sign);
    }
}
