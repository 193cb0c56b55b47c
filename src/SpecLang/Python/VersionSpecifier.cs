using System.Diagnostics.CodeAnalysis;

namespace VPythonTools.SpecLang.Python;

/// <summary>One clause of a version specifier, such as <c>&gt;=1.2</c> or <c>==3.11.*</c> (PEP 440).</summary>
public sealed record VersionSpecifier
{
    private const string Wildcard = ".*";

    /// <summary>The operators, each before those that it begins with.</summary>
    private static readonly (string Text, SpecifierOperator Operator)[] Operators =
    [
        ("===", SpecifierOperator.Identical),
        ("~=", SpecifierOperator.Compatible),
        ("==", SpecifierOperator.Equal),
        ("!=", SpecifierOperator.NotEqual),
        ("<=", SpecifierOperator.AtMost),
        (">=", SpecifierOperator.AtLeast),
        ("<", SpecifierOperator.Less),
        (">", SpecifierOperator.Greater),
    ];

    private VersionSpecifier(SpecifierOperator comparison, Pep440Version? version, string text, bool isPrefix)
    {
        Operator = comparison;
        Version = version;
        VersionText = text;
        IsPrefix = isPrefix;
    }

    /// <summary>How it compares.</summary>
    public SpecifierOperator Operator { get; }

    /// <summary>The version to compare with; of a prefix match the part before <c>.*</c>; null when the text of <c>===</c> is no version.</summary>
    public Pep440Version? Version { get; }

    /// <summary>Whether it ends in <c>.*</c>.</summary>
    public bool IsPrefix { get; }

    /// <summary>The version: in normal form, or for <c>===</c> as it is written.</summary>
    public string VersionText { get; }

    /// <summary>Whether it names a pre-release in a way that asks for pre-releases.</summary>
    public bool AsksForPreReleases =>
        Operator is not (SpecifierOperator.NotEqual or SpecifierOperator.Less or SpecifierOperator.Greater) && Version is { IsPreRelease: true };

    /// <summary>Reads a clause; white space around its parts is passed over.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VersionSpecifier? specifier, [NotNullWhen(false)] out string? error)
    {
        specifier = null;
        string trimmed = text.Trim();
        (string sign, SpecifierOperator comparison) = Operators.FirstOrDefault(known => trimmed.StartsWith(known.Text, StringComparison.Ordinal));
        if (sign is null)
        {
            error = $"'{trimmed}' does not begin with an operator; they are ==, !=, <=, >=, <, >, ~= and ===";
            return false;
        }
        string rest = trimmed[sign.Length..].Trim();
        error = comparison == SpecifierOperator.Identical ? ReadIdentical(rest, out specifier) : ReadOrdered(comparison, sign, rest, out specifier);
        return specifier is not null;
    }

    /// <summary>Whether a version meets the clause, pre-releases being versions like others.</summary>
    public bool Admits(Pep440Version version) => Operator switch
    {
        SpecifierOperator.Compatible => version.Public >= Version! && version.HasReleasePrefix(Version!.Epoch, Version.Release.AsSpan()[..^1]),
        SpecifierOperator.Equal => IsEqual(version),
        SpecifierOperator.NotEqual => !IsEqual(version),
        SpecifierOperator.AtMost => version.Public <= Version!,
        SpecifierOperator.AtLeast => version.Public >= Version!,
        SpecifierOperator.Less => IsLess(version),
        SpecifierOperator.Greater => IsGreater(version),
        _ => version.ToString().Equals(VersionText, StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>The clause without white space.</summary>
    public override string ToString() => $"{Operators.First(known => known.Operator == Operator).Text}{VersionText}";

    private static string? ReadIdentical(string text, out VersionSpecifier? specifier)
    {
        specifier = null;
        if (text.Length == 0) return "there is no version behind '==='";
        if (text.Any(c => char.IsWhiteSpace(c) || c is ';' or ')' or ',')) return $"'{text}' behind '===' has a space, ';', ')' or ','";
        Pep440Version? version = Pep440Version.TryParse(text, out Pep440Version? read, out _) ? read : null;
        specifier = new(SpecifierOperator.Identical, version, text, isPrefix: false);
        return null;
    }

    private static string? ReadOrdered(SpecifierOperator comparison, string sign, string text, out VersionSpecifier? specifier)
    {
        specifier = null;
        bool isPrefix = text.EndsWith(Wildcard, StringComparison.Ordinal);
        bool comparesEquality = comparison is SpecifierOperator.Equal or SpecifierOperator.NotEqual;
        if (isPrefix && !comparesEquality) return $"'{sign}{text}': only == and != can end in .*";
        if (!Pep440Version.TryParse(isPrefix ? text[..^Wildcard.Length] : text, out Pep440Version? version, out string? error)) return error;
        if (isPrefix && (!IsPlainRelease(version) || char.IsWhiteSpace(text[^3]))) return $"'{sign}{text}': only a release can be followed by .*";
        if (!comparesEquality && !version.Local.IsEmpty) return $"'{sign}{text}': only == and != can compare with a local version";
        if (comparison == SpecifierOperator.Compatible && version.Release.Length < 2) return $"'{sign}{text}': ~= needs at least two numbers, such as {version}.0";
        specifier = new(comparison, version, isPrefix ? version + Wildcard : version.ToString(), isPrefix);
        return null;
    }

    private static bool IsPlainRelease(Pep440Version version) => !version.IsPreRelease && version.PostRelease is null && version.Local.IsEmpty;

    private bool IsEqual(Pep440Version version)
    {
        if (IsPrefix) return version.HasReleasePrefix(Version!.Epoch, Version.Release.AsSpan());
        return (Version!.Local.IsEmpty ? version.Public : version) == Version;
    }

    /// <summary>A pre-release of the version itself is not less, unless the version is one too.</summary>
    private bool IsLess(Pep440Version version) =>
        version < Version! && (Version!.IsPreRelease || !version.IsPreRelease || version.Base != Version.Base);

    /// <summary>A post-release or a local version of the version itself is not greater, unless the version is a post-release too.</summary>
    private bool IsGreater(Pep440Version version)
    {
        if (version <= Version!) return false;
        if (version.Base != Version!.Base) return true;
        return version.Local.IsEmpty && (Version.PostRelease is not null || version.PostRelease is null);
    }
}
