using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VPythonTools.SpecLang.Python;

/// <summary>A Python by major and minor version, which is all that decides what wheels it takes.</summary>
/// <param name="Major">The major version.</param>
/// <param name="Minor">The minor version.</param>
public readonly record struct PythonMinor(int Major, int Minor) : IComparable<PythonMinor>
{
    /// <summary>Reads <c>3.11</c>; a third number is passed over.</summary>
    public static bool TryParse(string text, out PythonMinor python, [NotNullWhen(false)] out string? error)
    {
        string[] parts = text.Trim().Split('.');
        bool valid = parts.Length is 2 or 3 && parts.All(part => part.Length is > 0 and <= 4 && part.All(char.IsAsciiDigit));
        python = valid ? new(Number(parts[0]), Number(parts[1])) : default;
        error = valid ? null : $"'{text}' is not a version of Python with major and minor, such as 3.11";
        return valid;

        static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public int CompareTo(PythonMinor other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <summary><c>3.11</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    /// <summary>The older one.</summary>
    public static bool operator <(PythonMinor left, PythonMinor right) => left.CompareTo(right) < 0;

    /// <summary>The newer one.</summary>
    public static bool operator >(PythonMinor left, PythonMinor right) => left.CompareTo(right) > 0;

    /// <summary>Not newer.</summary>
    public static bool operator <=(PythonMinor left, PythonMinor right) => left.CompareTo(right) <= 0;

    /// <summary>Not older.</summary>
    public static bool operator >=(PythonMinor left, PythonMinor right) => left.CompareTo(right) >= 0;
}
