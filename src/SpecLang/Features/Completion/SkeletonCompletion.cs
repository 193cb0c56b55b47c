using System.Buffers;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>The guards of a spec in a script, where the beginning of one stands behind the sign of a comment.</summary>
internal static class SkeletonCompletion
{
    private const string Begin = "[VPYTHON:BEGIN]";
    private const string End = "[VPYTHON:END]";
    private const int FewestLetters = 2;

    /// <summary>What a line of a comment begins with in any language.</summary>
    private static readonly SearchValues<char> CommentSigns = SearchValues.Create("#/*;-!>%: \t");

    /// <summary>Adds a spec to a script that has none, or the end to one that has none; false where the cursor is behind the beginning of no guard.</summary>
    public static bool TryAdd(CompletionListBuilder list, SpecAnalysis spec, int offset)
    {
        if (spec.Document.Kind != DocumentKind.Script || spec.Document.Region is { EndGuard: not null }) return false;
        SourceText text = spec.Text;
        TextSpan line = text.GetLineSpan(text.GetLine(offset));
        int lineStart = Math.Max(line.Start, text.ByteOrderMark.End);
        if (offset < lineStart || offset > line.End) return false;
        string before = text.ToString(TextSpan.FromBounds(lineStart, offset));
        int bracket = before.LastIndexOf('[');
        if (bracket < 0 || before.Length - bracket < FewestLetters) return false;
        string guard = spec.Document.Region is null ? Begin : End;
        string prefix = before[..bracket];
        if (!guard.StartsWith(before[bracket..], StringComparison.OrdinalIgnoreCase) || prefix.AsSpan().ContainsAnyExcept(CommentSigns)) return false;
        int start = offset - (before.Length - bracket);
        int end = offset;
        while (end < line.End && (char.IsAsciiLetter((char)text.Bytes[end]) || text.Bytes[end] == ':')) end++;
        if (end < line.End && text.Bytes[end] == ']') end++;
        var span = TextSpan.FromBounds(start, end);
        if (guard == End)
        {
            list.Add(new(End, CompletionKind.Skeleton, new(span, End), End) { Detail = "the end of the spec" });
            return true;
        }
        string lineBreak = text.Bytes.IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        string python = spec.Settings.Platforms.Pythons[^1].ToString();
        string[] lines = [Begin, $"python_version: \"${{1:{python}}}\"", "wheel: <", "  name: \"$2\"", "  version: \"$3\"", ">", End];
        list.Add(new(Begin, CompletionKind.Skeleton, new(span, string.Join(lineBreak + prefix, lines)), Begin) { Detail = "a spec in this script", IsSnippet = true });
        return true;
    }
}
