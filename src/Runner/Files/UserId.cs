using System.Globalization;
using System.Runtime.InteropServices;

namespace VPythonTools.Runner.Files;

/// <summary>The user whose store it is.</summary>
internal static partial class UserId
{
    /// <summary>The effective user's number; 0 where the system has none, as the deployed tool names its root.</summary>
    public static string Text => OperatingSystem.IsWindows() ? "0" : Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The effective user's number on POSIX.</summary>
    public static uint Number => geteuid();

    [LibraryImport("libc")]
    private static partial uint geteuid();
}
