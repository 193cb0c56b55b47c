using System.Buffers;
using System.ComponentModel;
using System.Runtime.InteropServices;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Files;

/// <summary>
/// Puts files of a cache to other places: by reflink where the file system can, else by copying; by hard link only where that was asked for. What turns out not to work is not tried again. New
/// files are the user's own, with the mode that the umask leaves; their time of last change is <see cref="Modified"/>. Many threads may use one at once.
/// </summary>
/// <param name="asked">What is tried first; anything but <see cref="LinkMode.HardLink"/> never makes two names of one file.</param>
/// <param name="log">Where it is said once which way it went.</param>
internal sealed partial class FileCloner(LinkMode asked, Log log)
{
    private const UnixFileMode EveryoneExecutes = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private int _mode = (int)asked;
    private int _isSaid;

    /// <summary>
    /// The time of last change of every file that comes out of the cache. It is long past, so that whoever edits one of them gives it another: byte-code knows its source by time and size.
    /// A time within the range of zip archives on every side of the globe, which 1980 is not.
    /// </summary>
    public static DateTime Modified { get; } = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary><see cref="Modified"/> in seconds since 1970.</summary>
    public static long ModifiedSeconds { get; } = new DateTimeOffset(Modified).ToUnixTimeSeconds();

    /// <summary>How files come to their places, as far as is known by now.</summary>
    public LinkMode Mode => (LinkMode)Volatile.Read(ref _mode);

    /// <summary>
    /// Puts a file somewhere else; false, with nothing done, when its time of last change is not <see cref="Modified"/>: then somebody has changed it, or the file system keeps no times, and only
    /// its content tells.
    /// </summary>
    /// <param name="source">The file of the cache.</param>
    /// <param name="destination">Where nothing is yet.</param>
    /// <param name="size">How large the file is known to be.</param>
    /// <param name="isExecutable">Whether everybody may execute it.</param>
    /// <exception cref="InvalidDataException">The file of the cache is missing, has another size, or is no file.</exception>
    /// <exception cref="IOException">The new file cannot be made, or something is there.</exception>
    public bool TryClone(string source, string destination, long size, bool isExecutable) => Clone(source, destination, size, isExecutable, acceptsAnyTime: false);

    /// <summary>Puts a file somewhere else whose content was compared, or whose time is not kept. See <see cref="TryClone"/>.</summary>
    public void Clone(string source, string destination, long size, bool isExecutable) => Clone(source, destination, size, isExecutable, acceptsAnyTime: true);

    private bool Clone(string source, string destination, long size, bool isExecutable, bool acceptsAnyTime)
    {
        if (Mode == LinkMode.HardLink)
        {
            if (!IsUnchanged(FileFingerprint.Of(source), source, size, acceptsAnyTime)) return false;
            if (TryHardLink(source, destination)) return true;
        }
        bool isCloned = OperatingSystem.IsLinux()
            ? CloneOnLinux(source, destination, size, isExecutable, acceptsAnyTime)
            : CloneElsewhere(source, destination, size, isExecutable, acceptsAnyTime);
        if (isCloned && Interlocked.Exchange(ref _isSaid, 1) == 0) Tell();
        return isCloned;
    }

    /// <summary>Whether a file of the cache has its time; a failure when its size shows that it is damaged.</summary>
    private static bool IsUnchanged(FileFingerprint file, string source, long size, bool acceptsAnyTime)
    {
        if (file == default) throw Missing(source);
        if (file.Size != size) throw WrongSize(source, file.Size, size);
        return acceptsAnyTime || file.ModifiedNanoseconds == ModifiedSeconds * 1_000_000_000;
    }

    private void Tell() => log.Debug(Mode switch
    {
        LinkMode.Reflink => "files of wheels are reflinks into the cache",
        LinkMode.HardLink => "files of wheels are hard links into the cache",
        _ => "files of wheels are copied from the cache: the file system has no reflinks",
    });

    private void Settle(LinkMode mode, string reason)
    {
        if (Interlocked.Exchange(ref _mode, (int)mode) == (int)mode) return;
        log.Debug($"{reason}; files are copied");
        Volatile.Write(ref _isSaid, 1);
    }

    private bool TryHardLink(string source, string destination)
    {
        if (OperatingSystem.IsWindows())
        {
            Settle(LinkMode.Copy, "no hard links on Windows");
            return false;
        }
        if (link(source, destination) == 0)
        {
            if (Interlocked.Exchange(ref _isSaid, 1) == 0) Tell();
            return true;
        }
        int error = Marshal.GetLastPInvokeError();
        if (error == FileExists) throw Failed(destination, error);
        if (error == NoSuchFile && !File.Exists(source)) throw Missing(source);
        Settle(LinkMode.Copy, $"no hard links here ({new Win32Exception(error).Message})");
        return false;
    }

    private bool CloneOnLinux(string source, string destination, long size, bool isExecutable, bool acceptsAnyTime)
    {
        // What somebody has put there may be a pipe, and an ordinary open would wait for its other end.
        int from = Open(source, ReadOnly | CloseOnExec | NonBlocking, 0);
        if (from < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw error switch
            {
                NoSuchFile => Missing(source),
                NoDevice or NotADirectory or LinkLoop => NoFile(source),
                _ => Failed(source, error),
            };
        }
        try
        {
            if (!IsUnchanged(FileFingerprint.OfOpenOnLinux(from), source, size, acceptsAnyTime)) return false;
            // The umask takes away from this what it takes from every new file.
            int to = Open(destination, WriteOnly | Create | Exclusive | CloseOnExec, isExecutable ? 0b111_111_111 : 0b110_110_110);
            if (to < 0) throw Failed(destination, Marshal.GetLastPInvokeError());
            try
            {
                if (!TryReflink(from, to)) Copy(from, to, source, destination, size);
                ReadOnlySpan<long> times = [0, OmitTime, ModifiedSeconds, 0];
                _ = futimens(to, times);
            }
            finally
            {
                _ = close(to);
            }
        }
        finally
        {
            _ = close(from);
        }
        if (isExecutable) GrantExecution(destination);
        return true;
    }

    private bool TryReflink(int from, int to)
    {
        if (Mode != LinkMode.Reflink) return false;
        if (ioctl(to, CloneFile, from) == 0) return true;
        Settle(LinkMode.Copy, "the file system has no reflinks");
        return false;
    }

    private static void Copy(int from, int to, string source, string destination, long size)
    {
        const int BufferSize = 128 << 10;
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(size + 1, 1, BufferSize));
        try
        {
            long copied = 0;
            nint count;
            while ((count = Read(from, buffer)) > 0)
            {
                for (nint written = 0; written < count;)
                {
                    nint more = Write(to, buffer.AsSpan((int)written, (int)(count - written)));
                    if (more < 0) throw Failed(destination, Marshal.GetLastPInvokeError());
                    written += more;
                }
                copied += count;
                // A file that was read whole in one go has been read to its end.
                if (copied == size && count < buffer.Length) break;
            }
            if (count < 0)
            {
                int error = Marshal.GetLastPInvokeError();
                throw error == IsADirectory ? NoFile(source) : Failed(source, error);
            }
            if (copied != size) throw WrongSize(source, copied, size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>macOS and Windows; compiled everywhere, run there only.</summary>
    private bool CloneElsewhere(string source, string destination, long size, bool isExecutable, bool acceptsAnyTime)
    {
        if (Directory.Exists(source)) throw NoFile(source);
        if (!IsUnchanged(FileFingerprint.Of(source), source, size, acceptsAnyTime)) return false;
        bool isCloned = OperatingSystem.IsMacOS() && Mode == LinkMode.Reflink && clonefile(source, destination, 0) == 0;
        if (!isCloned)
        {
            if (Mode == LinkMode.Reflink) Settle(LinkMode.Copy, "the file system has no reflinks");
            File.Copy(source, destination);
        }
        if (new FileInfo(destination).Length is var copied && copied != size) throw WrongSize(source, copied, size);
        if (OperatingSystem.IsWindows()) File.SetAttributes(destination, FileAttributes.Normal);
        else File.SetUnixFileMode(destination, NewFileMode.Value | (isExecutable ? EveryoneExecutes : 0));
        File.SetLastWriteTimeUtc(destination, Modified);
        return true;
    }

    /// <summary>pip gives execution to everybody even where the umask would not.</summary>
    private static void GrantExecution(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        UnixFileMode given = File.GetUnixFileMode(path);
        if ((given & EveryoneExecutes) != EveryoneExecutes) File.SetUnixFileMode(path, given | EveryoneExecutes);
    }

    /// <summary>What the umask leaves of a new file's mode. Asking for the umask itself would set it for all threads.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static Lazy<UnixFileMode> NewFileMode { get; } = new(() =>
    {
        string path = Path.Combine(Path.GetTempPath(), $".vpython3.{Guid.NewGuid():N}");
        using FileStream file = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
        return File.GetUnixFileMode(file.SafeFileHandle);
    });

    private static InvalidDataException Missing(string source) => new($"'{source}' is missing");

    private static InvalidDataException NoFile(string source) => new($"'{source}' is no file");

    private static InvalidDataException WrongSize(string source, long actual, long expected) => new($"'{source}' has {actual} bytes and not {expected}");

    private static IOException Failed(string path, int error) => new($"{new Win32Exception(error).Message} : '{path}'", error);

    private static int Open(string path, int flags, int mode)
    {
        int descriptor;
        do descriptor = open(path, flags, mode);
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return descriptor;
    }

    private static nint Read(int descriptor, byte[] buffer)
    {
        nint count;
        do count = read(descriptor, buffer, buffer.Length);
        while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return count;
    }

    private static nint Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        nint count;
        do count = write(descriptor, bytes, bytes.Length);
        while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return count;
    }

    private const int Interrupted = 4;
    private const int NoSuchFile = 2;
    private const int NoDevice = 6;
    private const int FileExists = 17;
    private const int NotADirectory = 20;
    private const int IsADirectory = 21;
    private const int LinkLoop = 40;
    private const long OmitTime = (1 << 30) - 2;

    // Linux, where open takes its mode like any other argument.
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const nuint CloneFile = 0x40049409;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, byte[] buffer, nint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, ReadOnlySpan<byte> buffer, nint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int descriptor, nuint request, int argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int futimens(int descriptor, ReadOnlySpan<long> times);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string from, string to);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int clonefile(string from, string to, uint flags);
}
