using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Python;

/// <summary>The platform tags of a host, best first, as the <c>packaging</c> library orders them.</summary>
internal static class SupportedPlatforms
{
    /// <summary>The last minor version of glibc for each major version but the current one; no such version exists so far, 50 is packaging's guess.</summary>
    private const int LastGlibcMinor = 50;

    /// <summary>The platform tags of the host's kind of system.</summary>
    public static ImmutableArray<string> Generate(HostFacts host) => host.Platform switch
    {
        "linux" => [.. Linux(host)],
        "darwin" => [.. MacOS(host)],
        "win32" => [Windows(host)],
        _ => [Normalize(host.SysconfigPlatform.Length > 0 ? host.SysconfigPlatform : $"{host.Platform}_{host.Machine}")],
    };

    /// <summary>A name in the form of a tag: lower case, with <c>_</c> for <c>-</c>, <c>.</c> and space.</summary>
    public static string Normalize(string text) => text.Replace('-', '_').Replace('.', '_').Replace(' ', '_').ToLowerInvariant();

    private static IEnumerable<string> Linux(HostFacts host)
    {
        ImmutableArray<string> architectures = LinuxArchitectures(host);
        return
        [
            .. from architecture in HasManylinuxAbi(host, architectures) ? architectures : [] from platform in Manylinux(host, architecture, architectures) select platform,
            .. from architecture in host.LibC == "musl" ? architectures : [] from platform in Musllinux(host, architecture) select platform,
            .. architectures.Select(architecture => $"linux_{architecture}"),
        ];
    }

    /// <summary>A 32-bit interpreter on a 64-bit kernel counts as its own architecture. ARMv8 in 32-bit mode runs ARMv7's programs.</summary>
    private static ImmutableArray<string> LinuxArchitectures(HostFacts host) => (Normalize(host.Machine), host.Is64Bit) switch
    {
        ("x86_64", false) => ["i686"],
        ("aarch64", false) or ("armv8l", _) => ["armv8l", "armv7l"],
        (string machine, _) => [machine],
    };

    /// <summary>The architectures of PEP 599 and 600; ARMv7 only with the hard-float ABI.</summary>
    private static bool HasManylinuxAbi(HostFacts host, ImmutableArray<string> architectures)
    {
        if (host.LibC != "glibc" || host.LibCVersion == (0, 0)) return false;
        if (architectures.Contains("armv7l")) return host.IsHardFloat;
        return architectures[0] is "i686" or "x86_64" or "aarch64" or "ppc64" or "ppc64le" or "s390x" or "loongarch64" or "riscv64";
    }

    /// <summary>PEP 600: one tag for each glibc from the host's down to 2.5 on x86 and 2.17 elsewhere, the three older names at their versions.</summary>
    private static IEnumerable<string> Manylinux(HostFacts host, string architecture, ImmutableArray<string> architectures)
    {
        int oldestMinor = architectures.Any(candidate => candidate is "x86_64" or "i686") ? 5 : 17;
        for (int major = host.LibCVersion.Major; major >= 2; major--)
        {
            int newest = major == host.LibCVersion.Major ? host.LibCVersion.Minor : LastGlibcMinor;
            int oldest = major == 2 ? oldestMinor : 0;
            for (int minor = newest; minor >= oldest; minor--)
            {
                yield return $"manylinux_{major}_{minor}_{architecture}";
                if (LegacyManylinux(major, minor) is { } legacy) yield return $"{legacy}_{architecture}";
            }
        }
    }

    /// <summary>The names of PEP 513, 571 and 599.</summary>
    private static string? LegacyManylinux(int major, int minor) => (major, minor) switch
    {
        (2, 17) => "manylinux2014",
        (2, 12) => "manylinux2010",
        (2, 5) => "manylinux1",
        _ => null,
    };

    /// <summary>PEP 656.</summary>
    private static IEnumerable<string> Musllinux(HostFacts host, string architecture)
    {
        for (int minor = host.LibCVersion.Minor; minor >= 0 && host.LibCVersion.Major > 0; minor--)
            yield return $"musllinux_{host.LibCVersion.Major}_{minor}_{architecture}";
    }

    /// <summary>
    /// Up to 10.15 each yearly system raised the minor version; since 11 the major. Programs built against an older SDK see 11 and later as 10.16.
    /// Intel programs for 10.4 and later run on all of them; for arm64 only the universal2 ones can have such a tag.
    /// </summary>
    private static IEnumerable<string> MacOS(HostFacts host)
    {
        string architecture = MacArchitecture(host);
        (int major, int minor) = host.MacOSVersion == (10, 16) ? (11, 0) : host.MacOSVersion;
        if (major == 10)
        {
            for (; minor >= 0; minor--)
                foreach (string format in MacBinaryFormats(10, minor, architecture)) yield return $"macosx_10_{minor}_{format}";
        }
        if (major < 11) yield break;
        for (; major >= 11; major--)
            foreach (string format in MacBinaryFormats(major, 0, architecture)) yield return $"macosx_{major}_0_{format}";
        for (minor = 16; minor >= 4; minor--)
            foreach (string format in architecture == "x86_64" ? MacBinaryFormats(10, minor, architecture) : ["universal2"]) yield return $"macosx_10_{minor}_{format}";
    }

    private static string MacArchitecture(HostFacts host)
    {
        string machine = Normalize(host.Machine);
        if (!host.Is64Bit) return machine.StartsWith("ppc", StringComparison.Ordinal) ? "ppc" : "i386";
        return machine == "universal2" ? "arm64" : machine;
    }

    /// <summary>In which files a system of this version finds code for this architecture.</summary>
    private static ImmutableArray<string> MacBinaryFormats(int major, int minor, string architecture)
    {
        (int, int) version = (major, minor);
        return architecture switch
        {
            "x86_64" when version.CompareTo((10, 4)) < 0 => [],
            "x86_64" => ["x86_64", "intel", "fat64", "fat32", "universal2", "universal"],
            "i386" when version.CompareTo((10, 4)) < 0 => [],
            "i386" => ["i386", "intel", "fat32", "fat", "universal"],
            "ppc64" when version.CompareTo((10, 5)) > 0 || version.CompareTo((10, 4)) < 0 => [],
            "ppc64" => ["ppc64", "fat64", "universal"],
            "ppc" when version.CompareTo((10, 6)) > 0 => [],
            "ppc" => ["ppc", "fat32", "fat", "universal"],
            "arm64" => ["arm64", "universal2"],
            _ => [architecture],
        };
    }

    private static string Windows(HostFacts host) => (Normalize(host.Machine), host.Is64Bit) switch
    {
        (_, false) or ("win32" or "x86" or "i386" or "i686", _) => "win32",
        ("amd64" or "x86_64" or "win_amd64", _) => "win_amd64",
        ("arm64" or "aarch64" or "win_arm64", _) => "win_arm64",
        (string machine, _) => $"win_{machine}",
    };
}
