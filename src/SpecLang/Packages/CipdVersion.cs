using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace VPythonTools.SpecLang.Packages;

/// <summary>
/// Which instance of a CIPD package is meant: an instance ID, a tag or a ref. No text is two of them: only tags have a colon, and a ref must not
/// look like an instance ID. The rules are CIPD's (<c>common.ValidateInstanceVersion</c>); all of it is ASCII. Ordered as bytes.
/// </summary>
public readonly record struct CipdVersion : IComparable<CipdVersion>
{
    /// <summary>The greatest length of a tag, its key and colon included.</summary>
    public const int MaximumTagLength = 400;

    /// <summary>The greatest length of a ref.</summary>
    public const int MaximumRefLength = 256;

    private static readonly SearchValues<char> TagKeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> TagValueCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789$()*+,-./:;<=>@\\_{}~ ");
    private static readonly SearchValues<char> RefCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_./-");

    private readonly string? _value;

    private CipdVersion(CipdVersionKind kind, string value)
    {
        Kind = kind;
        _value = value;
    }

    /// <summary>How the instance is named.</summary>
    public CipdVersionKind Kind { get; }

    /// <summary>The text; empty only for the default value, which no text yields.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads a version, or says why it is none.</summary>
    public static bool TryParse(string text, out CipdVersion version, [NotNullWhen(false)] out string? error)
    {
        CipdVersionKind kind = Classify(text);
        error = kind switch
        {
            CipdVersionKind.InstanceId => null,
            CipdVersionKind.Tag => FindFaultInTag(text),
            _ => FindFaultInRef(text),
        };
        version = error is null ? new(kind, text) : default;
        return error is null;
    }

    /// <summary>The version that names exactly this instance.</summary>
    public static CipdVersion Of(InstanceId id) => new(CipdVersionKind.InstanceId, id.Value);

    /// <inheritdoc/>
    public int CompareTo(CipdVersion other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The text.</summary>
    public override string ToString() => Value;

    /// <summary>Orders as bytes.</summary>
    public static bool operator <(CipdVersion left, CipdVersion right) => left.CompareTo(right) < 0;

    /// <summary>Orders as bytes.</summary>
    public static bool operator >(CipdVersion left, CipdVersion right) => left.CompareTo(right) > 0;

    /// <summary>Orders as bytes.</summary>
    public static bool operator <=(CipdVersion left, CipdVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Orders as bytes.</summary>
    public static bool operator >=(CipdVersion left, CipdVersion right) => left.CompareTo(right) >= 0;

    private static CipdVersionKind Classify(string text) =>
        InstanceId.TryParse(text, out _) ? CipdVersionKind.InstanceId : text.Contains(':', StringComparison.Ordinal) ? CipdVersionKind.Tag : CipdVersionKind.Ref;

    private static string? FindFaultInTag(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        ReadOnlySpan<char> key = text.AsSpan(0, colon);
        ReadOnlySpan<char> value = text.AsSpan(colon + 1);

        if (Encoding.UTF8.GetByteCount(text) > MaximumTagLength) return $"the tag '{text[..32]}...' is longer than {MaximumTagLength} bytes";
        if (key.IsEmpty) return $"the tag '{text}' has no key before ':'";
        if (value.IsEmpty) return $"the tag '{text}' has no value after ':'";
        int wrong = key.IndexOfAnyExcept(TagKeyCharacters);
        if (wrong >= 0) return $"the key of the tag '{text}' has {CharacterText.Quote(key[wrong..])}; allowed are a-z, 0-9, '_' and '-'";
        wrong = value.IndexOfAnyExcept(TagValueCharacters);
        if (wrong >= 0) return $"the value of the tag '{text}' has {CharacterText.Quote(value[wrong..])}, which no tag may have";
        if (value[0] == ' ' || value[^1] == ' ') return $"the value of the tag '{text}' must not begin or end with a space";
        return null;
    }

    private static string? FindFaultInRef(string text)
    {
        if (text.Length == 0) return "a version must not be empty";
        if (text.Length > MaximumRefLength) return $"the ref '{text[..32]}...' is longer than {MaximumRefLength} characters";
        int wrong = text.AsSpan().IndexOfAnyExcept(RefCharacters);
        return wrong < 0
            ? null
            : $"the version '{text}' is neither an instance ID nor a tag (key:value), and as a ref it must not have {CharacterText.Quote(text.AsSpan(wrong))}";
    }
}
