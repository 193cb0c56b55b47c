using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VPythonTools.Runner.Archives;

/// <summary>
/// Opens files that are read at any place, or written. A pipe would make an ordinary open wait for somebody at its other end, and a directory is called
/// "access denied" by .NET; here both are named for what they are.
/// </summary>
internal static partial class RegularFile
{
    private const int NotFound = 2;
    private const int NoDeviceOrReader = 6;
    private const int NotADirectory = 20;
    private const int WriteOnly = 1;

    private static int CloseOnExec => OperatingSystem.IsLinux() ? 0x80000 : OperatingSystem.IsMacOS() ? 0x1000000 : 0x100000;

    private static int NonBlocking => OperatingSystem.IsLinux() ? 0x800 : 0x4;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="FileNotFoundException">There is nothing of that name.</exception>
    /// <exception cref="NotRegularFileException">It is a directory, a pipe or a device; the message says which, as the end of a sentence.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">On Windows, it may not be read.</exception>
    public static SafeFileHandle Open(string path)
    {
        if (Directory.Exists(path)) throw new NotRegularFileException("it is a directory, not a file");
        return Checked(OperatingSystem.IsWindows() ? File.OpenHandle(path) : OpenWithoutWaiting(path, 0));
    }

    /// <summary>Opens a file for writing, which keeps what is in it; makes one where there is nothing.</summary>
    /// <exception cref="NotRegularFileException">It is a directory, a pipe or a device; the message says which, as the end of a sentence.</exception>
    /// <exception cref="IOException">It cannot be opened or made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made, or on Windows not be written.</exception>
    public static SafeFileHandle OpenToWrite(string path)
    {
        if (Directory.Exists(path)) throw new NotRegularFileException("it is a directory, not a file");
        if (!Directory.Exists(Path.GetDirectoryName(path))) throw new IOException("its directory does not exist");
        if (OperatingSystem.IsWindows() || !Path.Exists(path)) return Checked(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write));
        return Checked(OpenWithoutWaiting(path, WriteOnly));
    }

    private static SafeFileHandle Checked(SafeFileHandle handle)
    {
        try
        {
            _ = RandomAccess.GetLength(handle);
            return handle;
        }
        catch (NotSupportedException)
        {
            handle.Dispose();
            throw new NotRegularFileException("it is a pipe or a device, not a file");
        }
    }

    /// <summary>Reads all of a file; fails as <see cref="Open"/> does.</summary>
    public static byte[] ReadAll(string path)
    {
        using SafeFileHandle handle = Open(path);
        ByteRange bytes = ByteRange.OfFile(handle);
        var content = new byte[bytes.Length];
        try
        {
            bytes.ReadExactly(0, content);
        }
        catch (InvalidDataException exception)
        {
            throw new IOException("it became shorter while it was read", exception);
        }
        return content;
    }

    private static SafeFileHandle OpenWithoutWaiting(string path, int access)
    {
        int descriptor = open(path, CloseOnExec | NonBlocking | access);
        if (descriptor >= 0) return new(descriptor, ownsHandle: true);
        string reason = Marshal.GetLastPInvokeError() == NoDeviceOrReader ? "it is a pipe or a device, not a file" : Marshal.GetLastPInvokeErrorMessage();
        throw Marshal.GetLastPInvokeError() is NotFound or NotADirectory ? new FileNotFoundException(reason) : new IOException(reason);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}
