using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>The codes of findings, in a comment that suppresses them.</summary>
internal static class SuppressionCompletion
{
    /// <summary>What a key begins with that stands for a code.</summary>
    public const string KeyPrefix = "code:";

    /// <summary>Adds the codes that the comment does not name yet; none in other comments, and none in the reason.</summary>
    public static void Add(CompletionListBuilder list, CompletionPlace place)
    {
        string before = place.Tree.Text.ToString(TextSpan.FromBounds(place.Comment.Start, place.Offset));
        if (SuppressionList.FindCodes(before) is not { } codes) return;
        int start = codes + before.AsSpan(codes).LastIndexOf(',') + 1;
        while (start < before.Length && before[start] == ' ') start++;
        int from = place.Comment.Start + Encoding.UTF8.GetByteCount(before.AsSpan(0, start));
        int end = place.Offset;
        ReadOnlySpan<byte> bytes = place.Tree.Text.Bytes;
        while (end < place.Comment.End && char.IsAsciiLetterOrDigit((char)bytes[end])) end++;
        var span = TextSpan.FromBounds(from, end);
        string[] others = [.. before[codes..start].Split(',', StringSplitOptions.TrimEntries)];
        foreach (DiagnosticReferenceEntry entry in DiagnosticReference.All)
        {
            string code = entry.Descriptor.Id;
            if (!AnalysisSettings.IsConfigurable(entry.Descriptor) || others.Contains(code, StringComparer.OrdinalIgnoreCase)) continue;
            list.Add(new(code, CompletionKind.DiagnosticCode, new(span, code), code) { Detail = entry.Descriptor.Title, Key = KeyPrefix + code });
        }
        if (others.All(string.IsNullOrEmpty)) list.Add(new(SuppressionList.EveryCode, CompletionKind.DiagnosticCode, new(span, SuppressionList.EveryCode), SuppressionList.EveryCode) { Detail = "every finding" });
    }
}
