using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>What is known of a kind of machine for which wheels are built, whatever Python runs there.</summary>
/// <param name="Name">The name in the published list of wheels, such as <c>manylinux-x64</c>.</param>
/// <param name="Host">The facts that decide its tags; the version of Python in them does not count.</param>
/// <param name="OsName">The marker <c>os_name</c>.</param>
/// <param name="PlatformSystem">The marker <c>platform_system</c>.</param>
/// <param name="PlatformMachine">The marker <c>platform_machine</c>; null where machines of this kind differ.</param>
public sealed record PlatformDefinition(string Name, HostFacts Host, string OsName, string PlatformSystem, string? PlatformMachine)
{
    /// <summary>A machine with a C library and a system that are newer than those of any bot, so that its tags include theirs.</summary>
    /// <param name="name">The name.</param>
    /// <param name="machine">The architecture, as Linux says it.</param>
    /// <param name="is64Bit">Whether pointers have 64 bits.</param>
    public static PlatformDefinition Linux(string name, string machine, bool is64Bit = true) => new(
        name,
        CPython with { Platform = "linux", Machine = machine, Is64Bit = is64Bit, LibC = "glibc", LibCVersion = (2, 39) },
        "posix",
        "Linux",
        machine);

    /// <summary>A Mac; the system is as new as any of those that have its Python.</summary>
    /// <param name="name">The name.</param>
    /// <param name="machine"><c>arm64</c> or <c>x86_64</c>.</param>
    public static PlatformDefinition Mac(string name, string machine) =>
        new(name, CPython with { Platform = "darwin", Machine = machine, MacOSVersion = (15, 0) }, "posix", "Darwin", machine);

    /// <summary>A Windows machine.</summary>
    /// <param name="name">The name.</param>
    /// <param name="machine"><c>amd64</c> or <c>x86</c>, as <c>sysconfig</c> says it.</param>
    /// <param name="platformMachine">The marker.</param>
    public static PlatformDefinition Windows(string name, string machine, string? platformMachine) =>
        new(name, CPython with { Platform = "win32", Machine = machine, Is64Bit = machine != "x86" }, "nt", "Windows", platformMachine);

    private static HostFacts CPython { get; } = new() { Implementation = "cpython", Major = 0, Minor = 0, Platform = "", Machine = "" };
}
