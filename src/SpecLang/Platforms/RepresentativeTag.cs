using System.Globalization;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>
/// The one tag of a host that template variables are made of. Packages of wheels are named by this choice, so it has to be the deployed tool's on every
/// platform for which packages exist: a single pass over the host's tags in which a later tag replaces the best one so far when a rule says so. Unlike
/// there, an <c>any</c> tag never replaces one that names a platform: it has no CIPD platform, and it is less specific, not more.
/// </summary>
public static class RepresentativeTag
{
    /// <summary>The representative of a host's tags, which are given in the host's order; null when there are none.</summary>
    public static Pep425Tag? Choose(IReadOnlyList<Pep425Tag> hostTags)
    {
        if (hostTags.Count == 0) return null;
        Func<string, string, bool> isPreferred = PlatformPreference(hostTags);
        Pep425Tag best = hostTags[0];
        for (int i = 1; i < hostTags.Count; i++)
        {
            if (Replaces(hostTags[i], best, isPreferred)) best = hostTags[i];
        }
        return best;
    }

    private static bool Replaces(Pep425Tag tag, Pep425Tag best, Func<string, string, bool> isPreferred)
    {
        if (IsAny(tag) != IsAny(best)) return IsAny(best);
        if (best.Abi == Pep425Tag.NoAbi && tag.Abi != Pep425Tag.NoAbi) return true;
        if (best.Abi is "abi3" or Pep425Tag.NoAbi && tag.Abi.StartsWith("cp3", StringComparison.Ordinal)) return true;
        if (isPreferred(tag.Platform, best.Platform) && (NamesImplementation(tag) || !NamesImplementation(best))) return true;
        return NamesImplementation(tag) && !NamesImplementation(best);
    }

    private static bool IsAny(Pep425Tag tag) => tag.Platform == Pep425Tag.AnyPlatform;

    private static bool NamesImplementation(Pep425Tag tag) => !tag.Python.StartsWith("py", StringComparison.Ordinal);

    /// <summary>The first tag that tells which system this is chooses how platforms are compared; on Windows none does, and order alone decides.</summary>
    private static Func<string, string, bool> PlatformPreference(IReadOnlyList<Pep425Tag> hostTags)
    {
        foreach (Pep425Tag tag in hostTags)
        {
            if (LinuxRank(tag.Platform) > 0) return static (platform, best) => LinuxRank(platform) > LinuxRank(best);
            if (MacRank(tag.Platform) is not null) return IsPreferredOnMac;
        }
        return static (_, _) => false;
    }

    /// <summary>manylinux1 over plain linux over everything else: newer manylinux tags came after packages had been named.</summary>
    private static int LinuxRank(string platform) =>
        platform.StartsWith("manylinux1_", StringComparison.Ordinal) ? 2
        : platform.StartsWith("linux_", StringComparison.Ordinal) ? 1
        : 0;

    private static bool IsPreferredOnMac(string platform, string best)
    {
        if (MacRank(platform) is not { } candidate) return false;
        if (MacRank(best) is not { } current) return true;
        if (candidate.Format != current.Format) return candidate.Format > current.Format;
        return candidate.Version.CompareTo(current.Version) < 0;
    }

    /// <summary>arm64 over intel over the rest, and the oldest system that a format has; null for what is no macOS tag.</summary>
    private static (int Format, (int Major, int Minor) Version)? MacRank(string platform)
    {
        string[] parts = platform.Split('_', 4);
        if (parts.Length != 4 || parts[0] != "macosx") return null;
        if (!TryParseNumber(parts[1], out int major) || !TryParseNumber(parts[2], out int minor)) return null;
        int format = parts[3] switch { "arm64" => 2, "intel" => 1, _ => 0 };
        return (format, (major, minor));
    }

    private static bool TryParseNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
