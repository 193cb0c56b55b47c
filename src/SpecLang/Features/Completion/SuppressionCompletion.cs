using System.Collections.Immutable;
using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>What comments say to these tools: that they suppress findings, and which, and that a part is not laid out.</summary>
internal static class SuppressionCompletion
{
    /// <summary>What a key begins with that stands for a code.</summary>
    public const string KeyPrefix = "code:";

    private static readonly ImmutableArray<(string Text, string Detail)> Directives =
    [
        ("vpython: disable=", "suppresses findings of the field below, or of the line"),
        ("vpython: disable-file=", "suppresses findings of the whole spec"),
        ("vpython-fmt: off", "what follows is not laid out"),
        ("vpython-fmt: on", "what follows is laid out again"),
    ];

    /// <summary>Adds the codes that the comment does not name yet; none in other comments, and none in the reason.</summary>
    public static void Add(CompletionListBuilder list, CompletionPlace place)
    {
        string before = place.Tree.Text.ToString(TextSpan.FromBounds(place.Comment.Start, place.Offset));
        if (SuppressionList.FindCodes(before) is not { } codes)
        {
            AddDirectives(list, place, before);
            return;
        }
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

    /// <summary>Adds what a comment can begin with to be read by these tools, when it begins so already: most comments are for people.</summary>
    private static void AddDirectives(CompletionListBuilder list, CompletionPlace place, string before)
    {
        string typed = before.TrimStart('#').TrimStart();
        if (typed.Length == 0) return;
        int start = place.Offset - Encoding.UTF8.GetByteCount(typed);
        foreach ((string directive, string detail) in Directives)
        {
            if (!directive.StartsWith(typed, StringComparison.Ordinal)) continue;
            // The rest of the word behind the cursor is another one's, or is written again.
            ReadOnlySpan<byte> behind = place.Tree.Text.Slice(TextSpan.FromBounds(place.Offset, place.Comment.End));
            int rest = behind.IndexOfAnyExceptInRange((byte)'a', (byte)'z');
            if (rest < 0) rest = behind.Length;
            else if (behind[rest] == '=' && directive[^1] == '=') rest++;
            int end = place.Offset + rest;
            list.Add(new(directive, CompletionKind.DiagnosticCode, new(TextSpan.FromBounds(start, end), directive), directive) { Detail = detail });
        }
    }
}
