using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace VPythonTools.SpecLang.Python;

/// <summary>
/// The name of a distribution in the form in which names are compared (PEP 503): lower case, each run of <c>-</c>, <c>_</c> and <c>.</c> one
/// <c>-</c>. Names are ASCII letters and digits, with those three inside (PEP 508).
/// </summary>
public readonly record struct DistributionName : IComparable<DistributionName>
{
    private readonly string? _value;

    private DistributionName(string value) => _value = value;

    /// <summary>The normalised name; empty only for the default value, which no text yields.</summary>
    public string Value => _value ?? "";

    /// <summary>The form of wheel file names and <c>.dist-info</c> directories: <c>_</c> for <c>-</c>.</summary>
    public string EscapedValue => Value.Replace('-', '_');

    /// <summary>Reads a name as anyone may have spelt it.</summary>
    public static bool TryParse(string text, out DistributionName name, [NotNullWhen(false)] out string? error)
    {
        error = FindFault(text);
        name = error is null ? new(Normalize(text)) : default;
        return error is null;
    }

    /// <inheritdoc/>
    public int CompareTo(DistributionName other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The normalised name.</summary>
    public override string ToString() => Value;

    /// <summary>Orders as bytes.</summary>
    public static bool operator <(DistributionName left, DistributionName right) => left.CompareTo(right) < 0;

    /// <summary>Orders as bytes.</summary>
    public static bool operator >(DistributionName left, DistributionName right) => left.CompareTo(right) > 0;

    /// <summary>Orders as bytes.</summary>
    public static bool operator <=(DistributionName left, DistributionName right) => left.CompareTo(right) <= 0;

    /// <summary>Orders as bytes.</summary>
    public static bool operator >=(DistributionName left, DistributionName right) => left.CompareTo(right) >= 0;

    private static string? FindFault(string text)
    {
        if (text.Length == 0) return "a distribution name must not be empty";
        if (!text.All(c => char.IsAsciiLetterOrDigit(c) || IsSeparator(c)))
            return $"the distribution name '{text}' must consist of ASCII letters, digits, '-', '_' and '.'";
        return IsSeparator(text[0]) || IsSeparator(text[^1]) ? $"the distribution name '{text}' must begin and end with a letter or digit" : null;
    }

    private static string Normalize(string text)
    {
        var normalized = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (!IsSeparator(c)) normalized.Append(char.ToLowerInvariant(c));
            else if (normalized[^1] != '-') normalized.Append('-');
        }
        return normalized.ToString();
    }

    private static bool IsSeparator(char c) => c is '-' or '_' or '.';
}
