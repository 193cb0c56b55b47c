namespace VPythonTools.SpecLang.Search;

/// <summary>The order of paths in which a directory's entries stand together, each directory in the place of its name.</summary>
public sealed class PathOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static PathOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x;
        ReadOnlySpan<char> right = y;
        int common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length) return left.Length - right.Length;
        // A separator comes before every other character, so that "a/z" stands before "a-b".
        return Rank(left[common]).CompareTo(Rank(right[common]));
    }

    private static int Rank(char character) => character == Path.DirectorySeparatorChar || character == '/' ? -1 : character;
}
