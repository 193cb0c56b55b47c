using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace VPythonTools.SpecLang.Python;

/// <summary>
/// A version of a distribution (PEP 440), read as leniently as the PEP's appendix B allows and written in its normal form. Versions that are ordered alike
/// are equal: <c>1.0</c> is <c>1.0.0</c>. Numbers of more than 18 digits are refused; the PEP sets no limit, and nobody needs more.
/// </summary>
public sealed class Pep440Version : IComparable<Pep440Version>, IEquatable<Pep440Version>
{
    /// <summary>The greatest length of a text that is read, in UTF-16 code units.</summary>
    public const int MaximumLength = 256;

    private static readonly (string Spelling, string Normal)[] PreReleaseWords =
        [("alpha", "a"), ("beta", "b"), ("preview", "rc"), ("pre", "rc"), ("rc", "rc"), ("a", "a"), ("b", "b"), ("c", "rc")];

    private static readonly (string Spelling, string Normal)[] PostReleaseWords = [("post", "post"), ("rev", "post"), ("r", "post")];

    private static readonly (string Spelling, string Normal)[] DevelopmentWords = [("dev", "dev")];

    private readonly string _text;

    private Pep440Version(
        long epoch, ImmutableArray<long> release, (string Kind, long Number)? pre, long? post, long? dev, ImmutableArray<string> local)
    {
        Epoch = epoch;
        Release = release;
        PreRelease = pre;
        PostRelease = post;
        DevelopmentRelease = dev;
        Local = local;
        _text = Normalize();
    }

    /// <summary>The number before <c>!</c>; zero in almost all versions.</summary>
    public long Epoch { get; }

    /// <summary>The numbers of the release, at least one: <c>1.0</c> has two.</summary>
    public ImmutableArray<long> Release { get; }

    /// <summary><c>a</c>, <c>b</c> or <c>rc</c> with its number; null when there is none.</summary>
    public (string Kind, long Number)? PreRelease { get; }

    /// <summary>The number of the post-release; null when it is none.</summary>
    public long? PostRelease { get; }

    /// <summary>The number of the development release; null when it is none.</summary>
    public long? DevelopmentRelease { get; }

    /// <summary>The parts behind <c>+</c>, in lower case, numbers without leading zeros; empty when there are none.</summary>
    public ImmutableArray<string> Local { get; }

    /// <summary>Whether installers pass it over unless it is asked for: a pre-release or a development release.</summary>
    public bool IsPreRelease => PreRelease is not null || DevelopmentRelease is not null;

    /// <summary>The version without what stands behind <c>+</c>.</summary>
    public Pep440Version Public => Local.IsEmpty ? this : new(Epoch, Release, PreRelease, PostRelease, DevelopmentRelease, []);

    /// <summary>Epoch and release alone.</summary>
    public Pep440Version Base => new(Epoch, Release, null, null, null, []);

    /// <summary>Reads a version; spaces around it and a leading <c>v</c> are passed over.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Pep440Version? version, [NotNullWhen(false)] out string? error)
    {
        version = text.Length <= MaximumLength ? Read(text.Trim()) : null;
        error = version is not null ? null
            : text.Length > MaximumLength ? $"the version '{text[..32]}...' is longer than {MaximumLength} characters"
            : $"'{text}' is not a version; versions look like 1.2.3, 1.0rc1 or 1.0.post2 (PEP 440)";
        return version is not null;
    }

    /// <summary>The order of PEP 440: 1.0.dev1, 1.0a1, 1.0b1, 1.0rc1, 1.0, 1.0+local, 1.0.post1.</summary>
    public int CompareTo(Pep440Version? other)
    {
        if (other is null) return 1;
        int order = Epoch.CompareTo(other.Epoch);
        if (order == 0) order = CompareReleases(Release, other.Release);
        if (order == 0) order = PreReleaseRank().CompareTo(other.PreReleaseRank());
        if (order == 0) order = (PostRelease ?? -1).CompareTo(other.PostRelease ?? -1);
        if (order == 0) order = (DevelopmentRelease ?? long.MaxValue).CompareTo(other.DevelopmentRelease ?? long.MaxValue);
        return order != 0 ? order : CompareLocals(Local, other.Local);
    }

    /// <inheritdoc/>
    public bool Equals(Pep440Version? other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Pep440Version other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Epoch);
        foreach (long number in WithoutTrailingZeros(Release)) hash.Add(number);
        hash.Add(PreReleaseRank());
        hash.Add(PostRelease);
        hash.Add(DevelopmentRelease);
        foreach (string part in Local) hash.Add(part, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>The normal form, with as many release numbers as were written.</summary>
    public override string ToString() => _text;

    /// <summary>As the order says.</summary>
    public static bool operator ==(Pep440Version? left, Pep440Version? right) => left is null ? right is null : left.Equals(right);

    /// <summary>As the order says.</summary>
    public static bool operator !=(Pep440Version? left, Pep440Version? right) => !(left == right);

    /// <summary>As the order says.</summary>
    public static bool operator <(Pep440Version left, Pep440Version right) => left.CompareTo(right) < 0;

    /// <summary>As the order says.</summary>
    public static bool operator >(Pep440Version left, Pep440Version right) => left.CompareTo(right) > 0;

    /// <summary>As the order says.</summary>
    public static bool operator <=(Pep440Version left, Pep440Version right) => left.CompareTo(right) <= 0;

    /// <summary>As the order says.</summary>
    public static bool operator >=(Pep440Version left, Pep440Version right) => left.CompareTo(right) >= 0;

    /// <summary>Whether epoch and release begin like those of <paramref name="prefix"/>, missing numbers being zero.</summary>
    internal bool HasReleasePrefix(long epoch, ReadOnlySpan<long> prefix)
    {
        if (Epoch != epoch) return false;
        for (int i = 0; i < prefix.Length; i++)
        {
            if (prefix[i] != (i < Release.Length ? Release[i] : 0)) return false;
        }
        return true;
    }

    private static Pep440Version? Read(string text)
    {
        var cursor = new Cursor(text);
        cursor.TrySkip('v');
        if (!cursor.TryReadNumber(out long number)) return null;
        long epoch = 0;
        if (cursor.TrySkip('!'))
        {
            epoch = number;
            if (!cursor.TryReadNumber(out number)) return null;
        }
        var release = ImmutableArray.CreateBuilder<long>(4);
        release.Add(number);
        while (cursor.TryReadDottedNumber(out number)) release.Add(number);
        (string Kind, long Number)? pre = cursor.TryReadSuffix(PreReleaseWords, out string kind, out number) ? (kind, number) : null;
        long? post = cursor.TryReadImplicitPost(out number) || cursor.TryReadSuffix(PostReleaseWords, out _, out number) ? number : null;
        long? dev = cursor.TryReadSuffix(DevelopmentWords, out _, out number) ? number : null;
        ImmutableArray<string> local = [];
        if (cursor.TrySkip('+') && !cursor.TryReadLocal(out local)) return null;
        return cursor.IsAtEnd ? new(epoch, release.ToImmutable(), pre, post, dev, local) : null;
    }

    /// <summary>A development release of nothing but a release comes before all its pre-releases; what has no pre-release comes after them.</summary>
    private (int Rank, long Number) PreReleaseRank() => PreRelease switch
    {
        ("a", var number) => (1, number),
        ("b", var number) => (2, number),
        (_, var number) => (3, number),
        null => PostRelease is null && DevelopmentRelease is not null ? (0, 0) : (4, 0),
    };

    private static int CompareReleases(ImmutableArray<long> left, ImmutableArray<long> right)
    {
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            int order = (i < left.Length ? left[i] : 0).CompareTo(i < right.Length ? right[i] : 0);
            if (order != 0) return order;
        }
        return 0;
    }

    /// <summary>Numbers come after words; of two where one begins like the other, the longer one comes after.</summary>
    private static int CompareLocals(ImmutableArray<string> left, ImmutableArray<string> right)
    {
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            (bool leftIsNumber, bool rightIsNumber) = (IsNumber(left[i]), IsNumber(right[i]));
            int order = leftIsNumber.CompareTo(rightIsNumber);
            if (order == 0 && leftIsNumber) order = left[i].Length.CompareTo(right[i].Length);
            if (order == 0) order = string.CompareOrdinal(left[i], right[i]);
            if (order != 0) return order;
        }
        return left.Length.CompareTo(right.Length);
    }

    private static bool IsNumber(string part) => !part.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static ReadOnlySpan<long> WithoutTrailingZeros(ImmutableArray<long> release) => release.AsSpan().TrimEnd(0);

    private string Normalize()
    {
        var text = new StringBuilder();
        if (Epoch != 0) text.Append(CultureInfo.InvariantCulture, $"{Epoch}!");
        text.AppendJoin('.', Release);
        if (PreRelease is var (kind, number)) text.Append(CultureInfo.InvariantCulture, $"{kind}{number}");
        if (PostRelease is { } post) text.Append(CultureInfo.InvariantCulture, $".post{post}");
        if (DevelopmentRelease is { } dev) text.Append(CultureInfo.InvariantCulture, $".dev{dev}");
        if (!Local.IsEmpty) text.Append('+').AppendJoin('.', Local);
        return text.ToString();
    }

    /// <summary>A place in a text that is read from left to right; nothing that fails moves it.</summary>
    /// <param name="text">The text.</param>
    private ref struct Cursor(string text)
    {
        private const int LongestNumber = 18;

        private int _position;

        public readonly bool IsAtEnd => _position == text.Length;

        public bool TrySkip(char wanted)
        {
            bool isThere = !IsAtEnd && char.ToLowerInvariant(text[_position]) == wanted;
            if (isThere) _position++;
            return isThere;
        }

        public bool TryReadNumber(out long number)
        {
            number = 0;
            ReadOnlySpan<char> rest = text.AsSpan(_position);
            int length = rest.IndexOfAnyExceptInRange('0', '9');
            if (length < 0) length = rest.Length;
            if (length == 0 || rest[..length].TrimStart('0').Length > LongestNumber) return false;
            number = long.Parse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture);
            _position += length;
            return true;
        }

        public bool TryReadDottedNumber(out long number)
        {
            int start = _position;
            if (TrySkip('.') && TryReadNumber(out number)) return true;
            _position = start;
            number = 0;
            return false;
        }

        /// <summary><c>-1</c> for <c>.post1</c>.</summary>
        public bool TryReadImplicitPost(out long number)
        {
            int start = _position;
            if (TrySkip('-') && TryReadNumber(out number)) return true;
            _position = start;
            number = 0;
            return false;
        }

        /// <summary>A word with separators before and behind it, and a number that is zero when it is missing.</summary>
        public bool TryReadSuffix((string Spelling, string Normal)[] words, out string kind, out long number)
        {
            int start = _position;
            SkipSeparator();
            foreach ((string spelling, string normal) in words)
            {
                if (!text.AsSpan(_position).StartsWith(spelling, StringComparison.OrdinalIgnoreCase)) continue;
                _position += spelling.Length;
                SkipSeparator();
                TryReadNumber(out number);
                kind = normal;
                return true;
            }
            _position = start;
            (kind, number) = ("", 0);
            return false;
        }

        public bool TryReadLocal(out ImmutableArray<string> parts)
        {
            string[] written = text[_position..].ToLowerInvariant().Split('.', '-', '_');
            _position = text.Length;
            parts = [.. written.Select(part => part.Length > 1 && IsNumber(part) ? part.TrimStart('0') is { Length: > 0 } digits ? digits : "0" : part)];
            return written.All(part => part.Length > 0 && part.All(char.IsAsciiLetterOrDigit));
        }

        private void SkipSeparator()
        {
            if (!IsAtEnd && text[_position] is '.' or '-' or '_') _position++;
        }
    }
}
