using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Tests.Python;

/// <summary>Hosts of all kinds.</summary>
internal static class Hosts
{
    public static HostFacts Linux(string machine = "x86_64", int minor = 11, string libC = "glibc", (int, int)? libCVersion = null, bool is64Bit = true) => new()
    {
        Implementation = "cpython",
        Major = 3,
        Minor = minor,
        Platform = "linux",
        Machine = machine,
        Is64Bit = is64Bit,
        LibC = libC,
        LibCVersion = libCVersion ?? (libC == "musl" ? (1, 2) : (2, 36)),
    };

    public static HostFacts Mac(string machine, int major, int minorVersion = 0, int minor = 11, bool is64Bit = true) => new()
    {
        Implementation = "cpython",
        Major = 3,
        Minor = minor,
        Platform = "darwin",
        Machine = machine,
        Is64Bit = is64Bit,
        MacOSVersion = (major, minorVersion),
    };

    public static HostFacts Windows(string machine = "amd64", int minor = 11, bool is64Bit = true) => new()
    {
        Implementation = "cpython",
        Major = 3,
        Minor = minor,
        Platform = "win32",
        Machine = machine,
        Is64Bit = is64Bit,
    };

    /// <summary>Every platform, C library, version and build of Python that a rule distinguishes.</summary>
    public static IReadOnlyList<HostFacts> All { get; } =
    [
        .. from machine in new[] { "x86_64", "i686", "aarch64", "ppc64", "ppc64le", "s390x", "riscv64", "loongarch64", "mips64", "sparc64" }
           from libCVersion in new[] { (2, 4), (2, 5), (2, 12), (2, 16), (2, 17), (2, 36), (3, 1) }
           select Linux(machine, libCVersion: libCVersion, is64Bit: machine != "i686"),
        .. from machine in new[] { "x86_64", "aarch64", "i686", "armv7l", "ppc64le" }
           from version in new[] { (1, 0), (1, 1), (1, 2) }
           select Linux(machine, libC: "musl", libCVersion: version, is64Bit: machine is not ("i686" or "armv7l")),
        .. from machine in new[] { "armv7l", "armv8l", "armv6l", "aarch64", "x86_64" }
           from isHardFloat in new[] { false, true }
           select Linux(machine, is64Bit: false) with { IsHardFloat = isHardFloat },
        Linux(libC: "", libCVersion: (0, 0)),
        .. from version in new[] { (10, 3), (10, 4), (10, 5), (10, 6), (10, 9), (10, 15), (11, 0), (12, 6), (14, 2), (26, 0) }
           from machine in new[] { "x86_64", "arm64", "i386", "ppc64", "ppc" }
           select Mac(machine, version.Item1, version.Item2),
        Mac("x86_64", 10, 9, is64Bit: false),
        Mac("ppc64", 10, 4, is64Bit: false),
        Windows(),
        Windows(is64Bit: false),
        Windows("arm64"),
        new() { Implementation = "cpython", Major = 3, Minor = 11, Platform = "freebsd14", Machine = "amd64", SysconfigPlatform = "freebsd-14.1-RELEASE-amd64" },
        .. from minor in new[] { 6, 7, 8, 9, 10, 12, 13, 14 }
           from isDebug in new[] { false, true }
           from isFreeThreaded in new[] { false, true }
           from platform in new[] { Linux("aarch64"), Windows(), Mac("arm64", 12) }
           select platform with { Minor = minor, IsDebug = isDebug, IsFreeThreaded = isFreeThreaded },
        Linux() with { Implementation = "pypy", Minor = 9, SoAbi = "pypy39-pp73" },
        Linux() with { Implementation = "pypy", Minor = 9, SoAbi = "pypy39-pp73-x86_64-linux-gnu" },
        Linux() with { Implementation = "graalpy", Minor = 11, SoAbi = "graalpy-38-native-x86_64" },
    ];
}
