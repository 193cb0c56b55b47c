using Microsoft.Win32.SafeHandles;

namespace VPythonTools.SpecLang.Probing;

/// <summary>The disk. The kind of a path is one system call.</summary>
public sealed class PhysicalFileSystem : IFileSystem
{
    private const FileAttributes Missing = (FileAttributes)(-1);
    private const int MostLinks = 40;

    /// <summary>The disk.</summary>
    public static PhysicalFileSystem Instance { get; } = new();

    private PhysicalFileSystem()
    {
    }

    /// <inheritdoc/>
    public FileKind GetKind(string path) => OperatingSystem.IsWindows() ? GetKindOnWindows(path) : PosixStatus.GetKind(path);

    /// <inheritdoc/>
    public byte[]? TryReadFile(string path, out string? error) => TryRead(path, repeatable: false, out error);

    /// <inheritdoc/>
    public byte[]? TryReadRepeatableFile(string path, out string? error) => TryRead(path, repeatable: true, out error);

    /// <inheritdoc/>
    public string? ResolveLinks(string path)
    {
        if (OperatingSystem.IsWindows()) return GetKind(path) is FileKind.File or FileKind.Directory ? path : null;
        var pending = new Stack<string>();
        PushComponents(pending, path);
        string resolved = "/";
        for (int links = 0; pending.TryPop(out string? component);)
        {
            if (component == ".") continue;
            if (component == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? "/";
                continue;
            }
            string next = Path.Join(resolved, component);
            if (!TryReadLink(next, out string? target)) return null;
            if (target is null)
            {
                resolved = next;
                continue;
            }
            if (++links > MostLinks) return null;
            if (Path.IsPathRooted(target)) resolved = "/";
            PushComponents(pending, target);
        }
        return resolved;
    }

    /// <inheritdoc/>
    public IEnumerable<string> GetNames(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Select(static path => Path.GetFileName(path))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return [];
        }
    }

    private static FileKind GetKindOnWindows(string path)
    {
        try
        {
            // FileInfo says "missing" by a value, where File.GetAttributes throws; throwing costs more than all else here.
            FileAttributes attributes = new FileInfo(path).Attributes;
            if (attributes == Missing) return FileKind.Missing;
            if (attributes.HasFlag(FileAttributes.Directory)) return FileKind.Directory;
            return attributes.HasFlag(FileAttributes.ReparsePoint) && LeadsNowhere(path) ? FileKind.Missing : FileKind.File;
        }
        catch (UnauthorizedAccessException)
        {
            return FileKind.Inaccessible;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            // Names that no file can have: too long, with NUL, with a colon on Windows.
            return FileKind.Missing;
        }
    }

    /// <summary>File.Exists does not help here: it says yes to a link whose target is missing.</summary>
    private static bool LeadsNowhere(string link) => File.ResolveLinkTarget(link, returnFinalTarget: true) is { Exists: false };

    private static byte[]? TryRead(string path, bool repeatable, out string? error)
    {
        error = null;
        try
        {
            using SafeFileHandle handle = OperatingSystem.IsWindows()
                ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
                : PosixFile.OpenForReading(path, waits: !repeatable);
            using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            if (stream.CanSeek) return ReadToEnd(stream, stream.Length);
            return repeatable ? null : ReadToEnd(stream, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            error = exception.Message;
            return null;
        }
    }

    /// <summary>The length is a hint: files of <c>/proc</c> say 0, and a file may grow.</summary>
    private static byte[] ReadToEnd(FileStream stream, long expectedLength)
    {
        byte[] bytes = new byte[expectedLength];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var rest = new MemoryStream();
        stream.CopyTo(rest);
        return read == bytes.Length && rest.Length == 0 ? bytes : [.. bytes.AsSpan(0, read), .. rest.ToArray()];
    }

    /// <summary>Whether something is there; if it is a link, with its target.</summary>
    private static bool TryReadLink(string path, out string? target)
    {
        target = null;
        try
        {
            var info = new FileInfo(path);
            if (info.Attributes == Missing) return false;
            if (info.Attributes.HasFlag(FileAttributes.ReparsePoint)) target = info.LinkTarget;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void PushComponents(Stack<string> pending, string path)
    {
        string[] components = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = components.Length - 1; i >= 0; i--) pending.Push(components[i]);
    }
}
