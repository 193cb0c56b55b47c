using System.Runtime.InteropServices;
using System.Text;

namespace VPythonTools.Runner.Console;

/// <summary>
/// Standard output and error without <see cref="System.Console"/>, whose first use sets up terminal and signal handling that Python would
/// inherit. Text is UTF-8; each call is one write where the system allows, so that lines of many processes do not mix.
/// </summary>
public static partial class StandardStreams
{
    /// <summary>EINTR, on every POSIX system.</summary>
    private const int InterruptedCall = 4;

    /// <summary>EPIPE, on every POSIX system.</summary>
    private const int ClosedPipe = 32;

    /// <summary>Writes to standard output: only the answer that was asked for, and never when Python runs.</summary>
    /// <exception cref="IOException">Nobody reads it, or it cannot take more.</exception>
    public static void WriteOutput(ReadOnlySpan<byte> bytes) => Write(1, bytes);

    /// <summary>Writes text to standard output.</summary>
    /// <exception cref="IOException">Nobody reads it, or it cannot take more.</exception>
    public static void WriteOutput(string text) => Write(1, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a line to standard error; a closed or full standard error loses it, and nothing else happens.</summary>
    public static void WriteErrorLine(string text)
    {
        ActivityLine.Erase();
        WriteError(text + "\n");
    }

    /// <summary>Writes text to standard error as it is; a closed or full standard error loses it, and nothing else happens.</summary>
    internal static void WriteError(string text)
    {
        try
        {
            Write(2, Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // There is nobody left to tell.
        }
    }

    private static void Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        if (OperatingSystem.IsWindows())
        {
            using Stream console = descriptor == 1 ? System.Console.OpenStandardOutput() : System.Console.OpenStandardError();
            console.Write(bytes);
            return;
        }
        while (!bytes.IsEmpty)
        {
            nint written = PosixWrite(descriptor, bytes, bytes.Length);
            if (written >= 0) bytes = bytes[(int)written..];
            else if (Marshal.GetLastPInvokeError() == ClosedPipe) throw new ClosedOutputException(Marshal.GetLastPInvokeErrorMessage());
            else if (Marshal.GetLastPInvokeError() != InterruptedCall) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        }
    }

    // A FileStream would write at an offset of its own where the descriptor is a file, and whatever writes there next, such as the caller's shell, over it.
    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint PosixWrite(int descriptor, ReadOnlySpan<byte> bytes, nint count);
}
