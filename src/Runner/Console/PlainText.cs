namespace VPythonTools.Runner.Console;

/// <summary>Text of a file, its name, or a service on its way to people: the one rule for what would command their terminal, or pretend to be a line of ours.</summary>
internal static class PlainText
{
    /// <summary>The text with every control character, and each that turns the direction of what stands around it, replaced by <c>U+FFFD</c>, one for one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kept">Control characters that stay, such as tabs.</param>
    public static string Of(string text, string kept = "")
    {
        foreach (char character in text)
        {
            if (IsHarmful(character, kept)) return string.Concat(text.Select(one => IsHarmful(one, kept) ? '\uFFFD' : one));
        }
        return text;
    }

    private static bool IsHarmful(char character, string kept) =>
        (char.IsControl(character) || character is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200E' or '\u200F' or '\u061C' or '\u2028' or '\u2029')
        && !kept.Contains(character, StringComparison.Ordinal);
}
