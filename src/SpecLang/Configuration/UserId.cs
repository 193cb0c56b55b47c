using System.Globalization;
using System.Runtime.InteropServices;

namespace VPythonTools.SpecLang.Configuration;

/// <summary>The user whose store it is.</summary>
public static partial class UserId
{
    /// <summary>The effective user's number; 0 where the system has none, as the deployed tool names its root.</summary>
    public static string Text => OperatingSystem.IsWindows() ? "0" : Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The effective user's number on POSIX.</summary>
    public static uint Number => geteuid();

    [LibraryImport("libc")]
    private static partial uint geteuid();
}
