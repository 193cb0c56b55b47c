using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace VPythonTools.SpecLang.Packages;

/// <summary>
/// The name of a CIPD package: components of lower-case ASCII letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, joined by single slashes; no
/// component consists of dots alone. Ordered as bytes. The rule is CIPD's (<c>common.ValidatePackageName</c>), which sets no length limit.
/// </summary>
public readonly record struct PackageName : IComparable<PackageName>
{
    private static readonly SearchValues<char> ComponentCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.");

    private readonly string? _value;

    private PackageName(string value) => _value = value;

    /// <summary>The whole name; empty only for the default value, which no text yields.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads a name, or says which component is wrong and why.</summary>
    public static bool TryParse(string text, out PackageName name, [NotNullWhen(false)] out string? error)
    {
        name = default;
        error = FindFault(text);
        if (error is not null) return false;
        name = new(text);
        return true;
    }

    /// <summary>Whether a text is a name.</summary>
    internal static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (Range range in text.Split('/'))
        {
            ReadOnlySpan<char> component = text[range];
            if (component.IsEmpty || component.ContainsAnyExcept(ComponentCharacters) || !component.ContainsAnyExcept('.')) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(PackageName other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The whole name.</summary>
    public override string ToString() => Value;

    /// <summary>Orders as bytes.</summary>
    public static bool operator <(PackageName left, PackageName right) => left.CompareTo(right) < 0;

    /// <summary>Orders as bytes.</summary>
    public static bool operator >(PackageName left, PackageName right) => left.CompareTo(right) > 0;

    /// <summary>Orders as bytes.</summary>
    public static bool operator <=(PackageName left, PackageName right) => left.CompareTo(right) <= 0;

    /// <summary>Orders as bytes.</summary>
    public static bool operator >=(PackageName left, PackageName right) => left.CompareTo(right) >= 0;

    private static string? FindFault(string text)
    {
        if (text.Length == 0) return "a package name must not be empty";
        foreach (Range range in text.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> component = text.AsSpan(range);
            if (component.IsEmpty) return $"the package name '{text}' must not begin or end with '/' or have two in a row";
            int wrong = component.IndexOfAnyExcept(ComponentCharacters);
            if (wrong >= 0)
                return $"the package name '{text}' has {CharacterText.Quote(component[wrong..])}; allowed are a-z, 0-9, '_', '-', '.' and '/'";
            if (!component.ContainsAnyExcept('.')) return $"the package name '{text}' has the component '{component}', which consists of dots alone";
        }
        return null;
    }
}
