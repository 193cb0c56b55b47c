namespace VPythonTools.SpecLang.Text;

/// <summary>
/// How far two spellings are from each other: the letters to change, add, remove or swap with their neighbour (the restricted
/// Damerau-Levenshtein distance), upper and lower case being the same letter.
/// </summary>
public static class EditDistance
{
    /// <summary>The longest text that is compared letter by letter, in UTF-16 units: the cost grows with the product of the lengths.</summary>
    public const int MaximumLength = 256;

    /// <summary>The distance; the greater length where a text is longer than <see cref="MaximumLength"/>, as if they had nothing in common.</summary>
    public static int Between(string left, string right)
    {
        if (left.Length > MaximumLength || right.Length > MaximumLength) return Math.Max(left.Length, right.Length);
        Span<char> one = stackalloc char[left.Length];
        Span<char> other = stackalloc char[right.Length];
        left.AsSpan().ToLowerInvariant(one);
        right.AsSpan().ToLowerInvariant(other);
        // What both begin and end with costs nothing, and names of packages have much of it.
        int begin = one.CommonPrefixLength(other);
        one = one[begin..];
        other = other[begin..];
        int end = 0;
        while (end < Math.Min(one.Length, other.Length) && one[^(end + 1)] == other[^(end + 1)]) end++;
        return BetweenDifferent(one[..^end], other[..^end]);
    }

    /// <summary>Whether so few letters differ that one may be a misspelling of the other: at most half of the longer one's.</summary>
    public static bool AreNear(string left, string right) => 2 * Between(left, right) <= Math.Max(left.Length, right.Length);

    private static int BetweenDifferent(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty) return left.Length + right.Length;
        int width = right.Length + 1;
        Span<int> beforeLast = stackalloc int[width];
        Span<int> last = stackalloc int[width];
        Span<int> row = stackalloc int[width];
        for (int j = 0; j < width; j++) row[j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            Span<int> oldest = beforeLast;
            beforeLast = last;
            last = row;
            row = oldest;
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int changed = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(changed, Math.Min(last[j], row[j - 1]) + 1);
                bool areSwapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if (areSwapped) row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }
        }
        return row[right.Length];
    }
}
