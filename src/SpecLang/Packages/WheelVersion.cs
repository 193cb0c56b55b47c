using System.Globalization;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Packages;

/// <summary>
/// The version of a wheel as specs write it, <c>version:5.4.1.chromium.1</c>, and what it is to Python: 5.4.1+chromium.1. Ordered as versions; what names
/// none (refs, instance IDs) comes first, as bytes.
/// </summary>
public readonly record struct WheelVersion : IComparable<WheelVersion>
{
    private const string TagPrefix = "version:";

    private static readonly RecentTexts<WheelVersion> Recent = new(Read, 2048);

    private readonly string? _text;

    private WheelVersion(string text, int? epoch, string number, Pep440Version? pythonVersion)
    {
        _text = text;
        PackagingEpoch = epoch;
        Number = number;
        PythonVersion = pythonVersion;
    }

    /// <summary>The whole text, as the spec has it.</summary>
    public string Text => _text ?? "";

    /// <summary>The number before <c>@</c> in <c>version:2@1.0</c>, by which CIPD packages are told apart that were built anew; null when there is none.</summary>
    public int? PackagingEpoch { get; }

    /// <summary>The text without tag key and packaging epoch: <c>5.4.1.chromium.1</c>; the whole text when it is no version tag.</summary>
    public string Number { get; }

    /// <summary>The version of the distribution, changes by Chrome Operations as its local part; null when the text names no version.</summary>
    public Pep440Version? PythonVersion { get; }

    /// <summary>Reads any text; never fails. What was read lately is remembered: the same few versions stand in many wheels.</summary>
    public static WheelVersion Parse(string text) => Recent.Of(text);

    private static WheelVersion Read(string text)
    {
        if (!text.StartsWith(TagPrefix, StringComparison.Ordinal)) return new(text, null, text, null);
        string number = text[TagPrefix.Length..];
        int? epoch = null;
        int at = number.IndexOf('@', StringComparison.Ordinal);
        if (at > 0 && int.TryParse(number.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out int written))
        {
            epoch = written;
            number = number[(at + 1)..];
        }
        return new(text, epoch, number, ToPython(number));
    }

    /// <summary>As versions; equal ones as bytes.</summary>
    public int CompareTo(WheelVersion other)
    {
        int order = PythonVersion is null ? (other.PythonVersion is null ? 0 : -1) : PythonVersion.CompareTo(other.PythonVersion);
        return order != 0 ? order : string.CompareOrdinal(Text, other.Text);
    }

    /// <summary>Equal texts are equal versions.</summary>
    public bool Equals(WheelVersion other) => Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The whole text.</summary>
    public override string ToString() => Text;

    /// <summary>The older one.</summary>
    public static bool operator <(WheelVersion left, WheelVersion right) => left.CompareTo(right) < 0;

    /// <summary>The newer one.</summary>
    public static bool operator >(WheelVersion left, WheelVersion right) => left.CompareTo(right) > 0;

    /// <summary>Not newer.</summary>
    public static bool operator <=(WheelVersion left, WheelVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Not older.</summary>
    public static bool operator >=(WheelVersion left, WheelVersion right) => left.CompareTo(right) >= 0;

    /// <summary>
    /// What Chrome Operations append (<c>.chromium.3</c>, <c>-HASH</c>, <c>fixed</c>) is not of the version that the distribution's author gave. The longest
    /// beginning that is a version is that, the rest its local part.
    /// </summary>
    private static Pep440Version? ToPython(string number)
    {
        if (Pep440Version.TryParse(number, out Pep440Version? whole, out _)) return whole;

        // numpy was built from two releases under one name; both are 1.21.1 to Python.
        if (number.StartsWith("1.2x.supported.", StringComparison.Ordinal)) number = number.Replace("1.2x.", "1.21.1.", StringComparison.Ordinal);
        for (int end = number.Length - 1; end > 0 && number.Length <= Pep440Version.MaximumLength; end--)
        {
            if (number[end] is not ('.' or '-' or '_' or '+')) continue;
            string begin = number[..end];
            string rest = number[(end + 1)..];
            if (!Pep440Version.TryParse(begin, out _, out _)) continue;
            int digits = rest.AsSpan().IndexOfAnyExceptInRange('0', '9');
            bool continues = number[end] == '.' && digits > 0 && char.IsAsciiLetter(rest[digits]);
            string local = continues ? $"{begin}.{rest[..digits]}+{rest[digits..]}" : $"{begin}+{rest}";
            return Pep440Version.TryParse(local, out Pep440Version? version, out _) ? version : null;
        }
        return null;
    }
}
