using System.Runtime.InteropServices;
using System.Text;

namespace VPythonTools.Runner.Files;

/// <summary>
/// Names the time since the machine was started. What was written since then is whole however its writer ended, since the kernel has it; what was written before may have been lost with the
/// power, unless it was written through.
/// </summary>
internal static partial class BootIdentity
{
    private static readonly Lazy<string?> Read = new(OperatingSystem.IsLinux() ? ReadLinux : OperatingSystem.IsMacOS() ? ReadMacOS : () => null);

    /// <summary>What <see cref="IsTrusted"/> takes at any time: the files were written through, or read back and compared after a start.</summary>
    public const string Lasting = "lasting";

    /// <summary>The name of this time; null where the system has none, as Windows has none.</summary>
    public static string? Current => Read.Value;

    /// <summary>Whether what carries this mark is as it was written.</summary>
    public static bool IsTrusted(string mark) => mark == Lasting || (mark.Length > 0 && mark == Current);

    private static string? ReadLinux()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? ReadMacOS()
    {
        byte[] value = new byte[64];
        nuint length = (nuint)value.Length;
        return sysctlbyname("kern.bootsessionuuid", value, ref length, 0, 0) == 0 ? Encoding.ASCII.GetString(value, 0, (int)length).TrimEnd('\0') : null;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sysctlbyname(string name, byte[] value, ref nuint length, nint newValue, nuint newLength);
}
