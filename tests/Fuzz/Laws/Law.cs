namespace VPythonTools.Fuzz.Laws;

/// <summary>A statement that is true for every text.</summary>
internal static class Law
{
    /// <summary>Goes on when the condition holds.</summary>
    /// <exception cref="LawBrokenException">It does not.</exception>
    public static void Holds(bool condition, string otherwise)
    {
        if (!condition) throw new LawBrokenException(otherwise);
    }
}
