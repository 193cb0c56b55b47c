using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>The word at the start of a comment that these tools act upon.</summary>
internal static class CommentDirective
{
    private static readonly ImmutableArray<byte[]> Words =
    [
        "vpython: disable="u8.ToArray(),
        "vpython: disable-file="u8.ToArray(),
        "vpython-fmt: off"u8.ToArray(),
        "vpython-fmt: on"u8.ToArray(),
        "proto-file:"u8.ToArray(),
        "proto-message:"u8.ToArray(),
    ];

    /// <summary>Where the word is; none where a comment is for people alone.</summary>
    public static IEnumerable<TextSpan> Find(SourceText text, TextSpan comment)
    {
        int start = comment.End - text.Slice(comment).TrimStart("# \t"u8).Length;
        foreach (byte[] word in Words)
        {
            if (text.Bytes[start..comment.End].StartsWith(word)) return [new TextSpan(start, word.Length)];
        }
        return [];
    }
}
