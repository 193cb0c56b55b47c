namespace VPythonTools.SpecLang.Python;

/// <summary>The values of the variables that markers ask for (PEP 508). What is null is not known, and markers that need it are neither true nor false.</summary>
public sealed record MarkerEnvironment
{
    /// <summary>An environment of which nothing is known.</summary>
    public static MarkerEnvironment Unknown { get; } = new();

    /// <summary>Major and minor version of Python, such as <c>3.11</c>.</summary>
    public string? PythonVersion { get; init; }

    /// <summary>The whole version of Python, such as <c>3.11.8</c>.</summary>
    public string? PythonFullVersion { get; init; }

    /// <summary><c>posix</c> or <c>nt</c>.</summary>
    public string? OsName { get; init; }

    /// <summary><c>linux</c>, <c>darwin</c>, <c>win32</c>.</summary>
    public string? SysPlatform { get; init; }

    /// <summary>The kernel's release.</summary>
    public string? PlatformRelease { get; init; }

    /// <summary><c>Linux</c>, <c>Darwin</c>, <c>Windows</c>.</summary>
    public string? PlatformSystem { get; init; }

    /// <summary>The build of the system.</summary>
    public string? PlatformVersion { get; init; }

    /// <summary><c>x86_64</c>, <c>AMD64</c>, <c>arm64</c>, ...</summary>
    public string? PlatformMachine { get; init; }

    /// <summary><c>CPython</c>, <c>PyPy</c>.</summary>
    public string? PlatformPythonImplementation { get; init; }

    /// <summary><c>cpython</c>, <c>pypy</c>.</summary>
    public string? ImplementationName { get; init; }

    /// <summary>The version of the implementation; of CPython that of Python.</summary>
    public string? ImplementationVersion { get; init; }

    /// <summary>The value of a variable; null when it is not known, and for <see cref="MarkerVariable.Extra"/>, which is no fact of an environment.</summary>
    public string? this[MarkerVariable variable] => variable switch
    {
        MarkerVariable.PythonVersion => PythonVersion,
        MarkerVariable.PythonFullVersion => PythonFullVersion,
        MarkerVariable.OsName => OsName,
        MarkerVariable.SysPlatform => SysPlatform,
        MarkerVariable.PlatformRelease => PlatformRelease,
        MarkerVariable.PlatformSystem => PlatformSystem,
        MarkerVariable.PlatformVersion => PlatformVersion,
        MarkerVariable.PlatformMachine => PlatformMachine,
        MarkerVariable.PlatformPythonImplementation => PlatformPythonImplementation,
        MarkerVariable.ImplementationName => ImplementationName,
        MarkerVariable.ImplementationVersion => ImplementationVersion,
        _ => null,
    };
}
