namespace VPythonTools.SpecLang.Python;

/// <summary>What a marker can ask about the environment (PEP 508, "Environment markers").</summary>
public enum MarkerVariable
{
    /// <summary><c>python_version</c>: major and minor, such as <c>3.11</c>.</summary>
    PythonVersion,

    /// <summary><c>python_full_version</c>, such as <c>3.11.8</c>.</summary>
    PythonFullVersion,

    /// <summary><c>os_name</c>: <c>posix</c> or <c>nt</c>.</summary>
    OsName,

    /// <summary><c>sys_platform</c>: <c>linux</c>, <c>darwin</c>, <c>win32</c>.</summary>
    SysPlatform,

    /// <summary><c>platform_release</c>: the kernel's release.</summary>
    PlatformRelease,

    /// <summary><c>platform_system</c>: <c>Linux</c>, <c>Darwin</c>, <c>Windows</c>.</summary>
    PlatformSystem,

    /// <summary><c>platform_version</c>: the build of the system.</summary>
    PlatformVersion,

    /// <summary><c>platform_machine</c>: <c>x86_64</c>, <c>AMD64</c>, <c>arm64</c>, ...</summary>
    PlatformMachine,

    /// <summary><c>platform_python_implementation</c>, such as <c>CPython</c>.</summary>
    PlatformPythonImplementation,

    /// <summary><c>implementation_name</c>, such as <c>cpython</c>.</summary>
    ImplementationName,

    /// <summary><c>implementation_version</c>.</summary>
    ImplementationVersion,

    /// <summary><c>extra</c>: the extra for which the requirement is looked at; empty for none.</summary>
    Extra,
}
