namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>
/// A few letters by which people find a name: the name has them all in this order. Case does not count, and neither does which of <c>-</c>, <c>_</c> and <c>.</c> is
/// written. What starts with them is more alike than what has them somewhere, and that is more alike than what has them apart.
/// </summary>
internal readonly struct FuzzyPattern
{
    /// <summary>Longer names and patterns are cut: nobody types that much to find something.</summary>
    private const int LongestText = 256;

    private const int Whole = 4000;
    private const int Start = 3000;
    private const int Word = 2000;
    private const int Inside = 1000;

    private readonly string _letters;

    /// <summary>A pattern of what somebody typed; blanks do not count.</summary>
    public FuzzyPattern(string text) => _letters = Fold(string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter))));

    /// <summary>How much a name is like the pattern; null when it lacks a letter.</summary>
    public int? Score(string name)
    {
        string folded = Fold(name);
        if (_letters.Length == 0) return 0;
        int at = folded.IndexOf(_letters, StringComparison.Ordinal);
        if (at == 0) return (folded.Length == _letters.Length ? Whole : Start) - folded.Length;
        if (at > 0) return (folded.Contains("-" + _letters, StringComparison.Ordinal) ? Word : Inside) - folded.Length;
        return ScoreApart(folded);
    }

    /// <summary>Each letter where it comes next; fewer gaps are better.</summary>
    private int? ScoreApart(string name)
    {
        int gaps = 0;
        int position = 0;
        foreach (char letter in _letters)
        {
            int found = name.IndexOf(letter, position);
            if (found < 0) return null;
            if (found > position && name[found - 1] != '-') gaps++;
            position = found + 1;
        }
        return -LongestText * gaps - name.Length;
    }

    private static string Fold(string text) =>
        string.Create(Math.Min(text.Length, LongestText), text, static (folded, text) =>
        {
            for (int i = 0; i < folded.Length; i++) folded[i] = text[i] is '_' or '.' ? '-' : char.ToLowerInvariant(text[i]);
        });
}
