using System.Collections.Frozen;
using System.Globalization;
using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>The codes that comments and settings can name.</summary>
internal static class KnownCodes
{
    /// <summary>How many kinds of findings the language itself has in each of its categories; their codes are dense. A test counts them.</summary>
    private static readonly FrozenDictionary<DiagnosticCategory, int> OfLanguage = new Dictionary<DiagnosticCategory, int>
    {
        [DiagnosticCategory.Syntax] = 22,
        [DiagnosticCategory.Region] = 9,
        [DiagnosticCategory.Schema] = 12,
        [DiagnosticCategory.Portability] = 12,
    }.ToFrozenDictionary();

    private static FrozenSet<string>? _all;

    /// <summary>All codes, in no order.</summary>
    public static FrozenSet<string> All => _all ??= OfLanguage
        .SelectMany(static area => Enumerable.Range(1, area.Value).Select(number => string.Create(CultureInfo.InvariantCulture, $"VPY1{(int)area.Key}{number:00}")))
        .Concat(RuleList.All.Select(static rule => rule.Descriptor.Id))
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether there is a code, or the word stands for all.</summary>
    public static bool Contains(string code) => code == SuppressionList.EveryCode || All.Contains(code);

    /// <summary>The code that was meant by one that is not written as codes are: <c>2301</c>, <c>VPY-2301</c>; null when its digits are those of none.</summary>
    public static string? FindMeant(string code)
    {
        string meant = "VPY" + string.Concat(code.Where(char.IsAsciiDigit));
        return All.Contains(meant) ? meant : null;
    }
}
