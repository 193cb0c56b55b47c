namespace VPythonTools.Runner.Commands.Lint;

/// <summary>Text of a file on its way to a terminal.</summary>
internal static class PlainText
{
    /// <summary>The text with every control character replaced: one in a spec could do anything to the reader's terminal.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keepsTabs">Whether tabs stay.</param>
    public static string Of(string text, bool keepsTabs = false)
    {
        foreach (char character in text)
        {
            if (IsHarmful(character, keepsTabs)) return string.Concat(text.Select(one => IsHarmful(one, keepsTabs) ? '\uFFFD' : one));
        }
        return text;
    }

    /// <summary>Control characters, and those that turn the direction of what stands around them.</summary>
    private static bool IsHarmful(char character, bool keepsTabs) =>
        char.IsControl(character) && !(keepsTabs && character == '\t') || character is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u2028' or '\u2029';
}
