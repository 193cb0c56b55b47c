using System.Text;
using System.Text.RegularExpressions;

namespace VPythonTools.Runner.Cipd.Service;

/// <summary>What the body of an error says, fit for one line of a message.</summary>
internal static partial class ErrorText
{
    /// <summary>The most bytes of a body that are read.</summary>
    public const int Limit = 4096;

    private const int LongestText = 500;

    /// <summary>The text: control characters removed, of a page only what a reader would see.</summary>
    public static string Of(ReadOnlySpan<byte> body, bool isPage)
    {
        string text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, Limit)]);
        if (isPage) text = Markup().Replace(Invisible().Replace(text, " "), " ");
        text = Space().Replace(string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)), " ").Trim();
        return text.Length <= LongestText ? text : $"{text[..LongestText]}...";
    }

    [GeneratedRegex("<(script|style|head)\\b.*?</\\1>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Invisible();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();
}
