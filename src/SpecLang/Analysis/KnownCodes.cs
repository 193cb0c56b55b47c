using System.Collections.Frozen;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>The codes that comments and settings can name.</summary>
internal static class KnownCodes
{
    private static FrozenSet<string>? _all;

    /// <summary>All codes, in no order.</summary>
    public static FrozenSet<string> All => _all ??= DiagnosticReference.All.Select(static entry => entry.Descriptor.Id).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether there is a code, or the word stands for all.</summary>
    public static bool Contains(string code) => code == SuppressionList.EveryCode || All.Contains(code);

    /// <summary>The code that was meant by one that is not written as codes are: <c>2301</c>, <c>VPY-2301</c>; null when its digits are those of none.</summary>
    public static string? FindMeant(string code)
    {
        string meant = "VPY" + string.Concat(code.Where(char.IsAsciiDigit));
        return All.Contains(meant) ? meant : null;
    }
}
