using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>
/// A platform as CIPD names it: <c>linux-amd64</c>, <c>mac-arm64</c>, <c>windows-386</c>. Systems and architectures are Go's (GOOS, GOARCH), but for
/// <c>mac</c> and 32-bit ARM.
/// </summary>
/// <param name="Os">The operating system.</param>
/// <param name="Arch">The architecture.</param>
public readonly record struct CipdPlatform(string Os, string Arch)
{
    /// <summary>MIPS without width is <c>mips32</c> and 32-bit ARM is <c>armv6l</c> because CIPD's packages of wheels are named so.</summary>
    private static readonly FrozenDictionary<string, string> LinuxArchitectures = new Dictionary<string, string>
    {
        ["i386"] = "386",
        ["i686"] = "386",
        ["x86_64"] = "amd64",
        ["arm64"] = "arm64",
        ["aarch64"] = "arm64",
        ["mips"] = "mips32",
        ["mipsel"] = "mips32",
        ["mips64"] = "mips64",
        ["mips64el"] = "mips64le",
        ["ppc64"] = "ppc64",
        ["ppc64le"] = "ppc64le",
        ["s390x"] = "s390x",
        ["riscv64"] = "riscv64",
        ["loongarch64"] = "loong64",
    }.ToFrozenDictionary();

    /// <summary>
    /// What is in each of Apple's binary formats, reduced to the one architecture that CIPD can name. A universal2 file has both; it counts as arm64, which
    /// is what Macs are now. The tag lists of Intel Macs have <c>intel</c> and <c>x86_64</c> tags besides, so no Intel Mac depends on it.
    /// </summary>
    private static readonly FrozenDictionary<string, string> MacArchitectures = new Dictionary<string, string>
    {
        ["x86_64"] = "amd64",
        ["intel"] = "amd64",
        ["fat64"] = "amd64",
        ["fat3"] = "amd64",
        ["universal"] = "amd64",
        ["arm64"] = "arm64",
        ["universal2"] = "arm64",
        ["i386"] = "386",
        ["fat32"] = "386",
        ["fat"] = "386",
    }.ToFrozenDictionary();

    /// <summary>The platform that this program was built for, as CIPD's client computes it for itself.</summary>
    public static CipdPlatform Current { get; } = new(CurrentOs(), CurrentArch());

    /// <summary>Reads <c>os-arch</c>: two parts that are not empty.</summary>
    public static bool TryParse(string text, out CipdPlatform platform, [NotNullWhen(false)] out string? error)
    {
        string[] parts = text.Split('-');
        bool valid = parts.Length == 2 && parts.All(part => part.Length > 0);
        platform = valid ? new(parts[0], parts[1]) : default;
        error = valid ? null : $"'{text}' is not a CIPD platform; platforms are written os-arch, such as linux-amd64";
        return valid;
    }

    /// <summary>
    /// The platform that the platform part of a compatibility tag stands for; null when it stands for none, as <c>any</c> does. Where the deployed tool
    /// has an answer, this is it; it has none for <c>macosx_*_x86_64</c>, universal2, manylinux2010 and later, musllinux, win_arm64, ppc64le and s390x.
    /// </summary>
    public static CipdPlatform? FromPlatformTag(string platformTag)
    {
        ReadOnlySpan<char> rest = platformTag;
        return platformTag switch
        {
            "win32" => new CipdPlatform("windows", "386"),
            "win_amd64" => new CipdPlatform("windows", "amd64"),
            "win_arm64" => new CipdPlatform("windows", "arm64"),
            _ when TrySkip(ref rest, "linux_", 0) || TrySkip(ref rest, "manylinux1_", 0) || TrySkip(ref rest, "manylinux2010_", 0)
                || TrySkip(ref rest, "manylinux2014_", 0) || TrySkip(ref rest, "manylinux_", 2) || TrySkip(ref rest, "musllinux_", 2) => OnLinux(rest),
            _ when TrySkip(ref rest, "macosx_", 2) => OnMac(rest),
            _ => null,
        };
    }

    /// <summary><c>os-arch</c>, the value of <c>${platform}</c>.</summary>
    public override string ToString() => $"{Os}-{Arch}";

    private static CipdPlatform? OnLinux(ReadOnlySpan<char> architecture)
    {
        if (LinuxArchitectures.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(architecture, out string? known)) return new("linux", known);
        return architecture.StartsWith("arm") ? new("linux", "armv6l") : null;
    }

    private static CipdPlatform? OnMac(ReadOnlySpan<char> format) =>
        MacArchitectures.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(format, out string? known) ? new("mac", known) : null;

    /// <summary>Steps over a prefix and the numbers of a version that follow it, each with its <c>_</c>; steps over nothing when they are not there.</summary>
    private static bool TrySkip(ref ReadOnlySpan<char> rest, string prefix, int numbers)
    {
        if (!rest.StartsWith(prefix)) return false;
        ReadOnlySpan<char> behind = rest[prefix.Length..];
        for (; numbers > 0; numbers--)
        {
            int digits = behind.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0 || behind[digits] != '_') return false;
            behind = behind[(digits + 1)..];
        }
        rest = behind;
        return true;
    }

    private static string CurrentOs() =>
        OperatingSystem.IsLinux() ? "linux"
        : OperatingSystem.IsMacOS() ? "mac"
        : OperatingSystem.IsWindows() ? "windows"
        : OperatingSystem.IsFreeBSD() ? "freebsd"
        : "unknown";

    private static string CurrentArch() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.X86 => "386",
        Architecture.Arm64 => "arm64",
        Architecture.Arm or Architecture.Armv6 => "armv6l",
        Architecture.LoongArch64 => "loong64",
        Architecture other => other.ToString().ToLowerInvariant(),
    };
}
