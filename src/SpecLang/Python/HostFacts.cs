namespace VPythonTools.SpecLang.Python;

/// <summary>What decides which compatibility tags an interpreter on a machine supports. Probed from a real one, or made up to judge another platform.</summary>
public sealed record HostFacts
{
    /// <summary><c>sys.implementation.name</c>, such as <c>cpython</c> or <c>pypy</c>.</summary>
    public required string Implementation { get; init; }

    /// <summary>The major version of Python.</summary>
    public required int Major { get; init; }

    /// <summary>The minor version of Python.</summary>
    public required int Minor { get; init; }

    /// <summary><c>sys.platform</c>: <c>linux</c>, <c>darwin</c>, <c>win32</c> or another.</summary>
    public required string Platform { get; init; }

    /// <summary>
    /// The architecture that the interpreter runs as, in the spelling of <c>sysconfig.get_platform()</c>: <c>x86_64</c>, <c>aarch64</c>, <c>amd64</c>, ...
    /// On macOS that is <c>platform.machine()</c>, <c>arm64</c> or <c>x86_64</c>; an interpreter built as <c>universal2</c> runs as one of the two,
    /// and if only that is known it counts as arm64.
    /// </summary>
    public required string Machine { get; init; }

    /// <summary>Whether pointers of the interpreter have 64 bits; a 32-bit interpreter may run on a 64-bit machine.</summary>
    public bool Is64Bit { get; init; } = true;

    /// <summary><c>glibc</c>, <c>musl</c>, or empty where there is neither.</summary>
    public string LibC { get; init; } = "";

    /// <summary>The version of the C library as major and minor, such as (2, 36); (0, 0) when not known.</summary>
    public (int Major, int Minor) LibCVersion { get; init; }

    /// <summary>
    /// The version of macOS, such as (14, 0); (0, 0) elsewhere. An interpreter built against an SDK older than 11 says 10.16 of all later systems,
    /// unless its environment has <c>SYSTEM_VERSION_COMPAT=0</c>; 10.16 counts as 11.0.
    /// </summary>
    public (int Major, int Minor) MacOSVersion { get; init; }

    /// <summary>Whether the interpreter runs without the global lock (ABI suffix <c>t</c>).</summary>
    public bool IsFreeThreaded { get; init; }

    /// <summary>Whether the interpreter is a debug build (ABI suffix <c>d</c>).</summary>
    public bool IsDebug { get; init; }

    /// <summary>
    /// The whole of <c>sysconfig.get_platform()</c>, such as <c>freebsd-14.1-release-amd64</c>. Asked only on systems other than Linux, macOS and Windows.
    /// </summary>
    public string SysconfigPlatform { get; init; } = "";

    /// <summary>Whether an ARM interpreter uses the hard-float ABI; only <c>armv7l</c> and <c>armv8l</c> ask.</summary>
    public bool IsHardFloat { get; init; }

    /// <summary><c>sysconfig.get_config_var("SOABI")</c>, which names the ABI of implementations other than CPython; empty when unset.</summary>
    public string SoAbi { get; init; } = "";
}
