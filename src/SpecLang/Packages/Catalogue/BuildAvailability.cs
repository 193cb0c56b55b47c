using System.Collections.Immutable;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>For which platforms there is a build of a version: all, some, or nobody knows.</summary>
public readonly record struct BuildAvailability
{
    /// <summary>The bit that stands for every platform.</summary>
    internal const ulong UniversalBit = 1UL << 63;

    private readonly ImmutableArray<string> _listed;
    private readonly ulong _bits;

    /// <summary>An availability of a catalogue.</summary>
    /// <param name="bits">A bit for each platform of the catalogue; none where nothing is known.</param>
    /// <param name="listed">The catalogue's platforms, in the order of the bits.</param>
    internal BuildAvailability(ulong bits, ImmutableArray<string> listed)
    {
        _bits = bits;
        _listed = listed;
    }

    /// <summary>Whether anything is known; the version may be for every platform or for few where nothing is.</summary>
    public bool IsKnown => _bits != 0;

    /// <summary>Whether one wheel is for all platforms.</summary>
    public bool IsUniversal => (_bits & UniversalBit) != 0;

    /// <summary>The platforms with a build, such as <c>manylinux-x64-py3.11</c>; empty where it is universal and where nothing is known.</summary>
    public ImmutableArray<string> Platforms
    {
        get
        {
            if (IsUniversal || !IsKnown) return [];
            (ulong bits, ImmutableArray<string> listed) = (_bits, _listed);
            return [.. Enumerable.Range(0, listed.Length).Where(bit => (bits & (1UL << bit)) != 0).Select(bit => listed[bit])];
        }
    }

    /// <summary>
    /// Whether there is a build for a platform; null when that is not known: nothing is known of this version, or the catalogue was made when nobody built for
    /// that platform.
    /// </summary>
    public bool? Covers(SupportedPlatform platform) => Covers(platform.Name);

    /// <summary>Whether there is a build for the platform of this name.</summary>
    public bool? Covers(string platform)
    {
        if (!IsKnown) return null;
        if (IsUniversal) return true;
        int bit = _listed.IndexOf(platform);
        return bit < 0 ? null : (_bits & (1UL << bit)) != 0;
    }
}
