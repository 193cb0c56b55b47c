using System.Text;
using Microsoft.Win32.SafeHandles;

namespace VPythonTools.Runner.Console;

/// <summary>
/// Standard output and error without <see cref="System.Console"/>, whose first use sets up terminal and signal handling that Python would
/// inherit. Text is UTF-8; each call is one write where the system allows, so that lines of many processes do not mix.
/// </summary>
public static class StandardStreams
{
    /// <summary>Writes to standard output: only the answer that was asked for, and never when Python runs.</summary>
    /// <exception cref="IOException">Nobody reads it, or it cannot take more.</exception>
    public static void WriteOutput(ReadOnlySpan<byte> bytes) => Write(1, bytes);

    /// <summary>Writes text to standard output.</summary>
    /// <exception cref="IOException">Nobody reads it, or it cannot take more.</exception>
    public static void WriteOutput(string text) => Write(1, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a line to standard error; a closed or full standard error loses it, and nothing else happens.</summary>
    public static void WriteErrorLine(string text)
    {
        try
        {
            Write(2, Encoding.UTF8.GetBytes(text + "\n"));
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
        using var handle = new SafeFileHandle(descriptor, ownsHandle: false);
        try
        {
            using var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            stream.Write(bytes);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
