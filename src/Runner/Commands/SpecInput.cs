using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands;

/// <summary>The text that a verb is given: a file, or standard input under the name that it is to be taken for.</summary>
internal static class SpecInput
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Larger files are not read: no spec, and no script, comes near.</summary>
    private const int LargestFile = 1 << 30;

    /// <summary>All of standard input.</summary>
    /// <param name="path">The path that it is taken for.</param>
    public static SourceText ReadStandardInput(string path)
    {
        using Stream input = System.Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return SourceText.From(bytes.ToArray(), path);
    }

    /// <summary>A file.</summary>
    /// <param name="directory">The directory that the path is relative to.</param>
    /// <param name="path">The path as given, which messages show.</param>
    public static Result<SourceText> ReadFile(string directory, string path)
    {
        try
        {
            string full = Path.Combine(directory, path);
            if (Directory.Exists(full)) return Failed(path, "it is a directory");
            return SourceText.From(ReadAtMost(full, LargestFile), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failed(path, exception.Message);
        }
    }

    /// <summary>The bytes of a regular file: a pipe would be waited for, for ever where nobody writes.</summary>
    /// <exception cref="IOException">It cannot be read, is something else, or has more bytes.</exception>
    public static byte[] ReadRegularFile(string path, int most)
    {
        if (new FileInfo(path).Length > most) throw new IOException($"'{path}' has more than {most >> 20} MiB.");
        return PhysicalFileSystem.Instance.TryReadRepeatableFile(path, out string? error) ?? throw new IOException(error ?? $"'{path}' is no regular file.");
    }

    /// <summary>The bytes of a file or pipe.</summary>
    /// <exception cref="IOException">It cannot be read, or has more bytes.</exception>
    public static byte[] ReadAtMost(string path, int most)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        // A device says that it is empty and never ends.
        var bytes = new MemoryStream(file.CanSeek && file.Length <= most ? (int)file.Length : 0);
        var part = new byte[1 << 16];
        for (int length; (length = file.Read(part)) > 0;)
        {
            bytes.Write(part.AsSpan(0, length));
            if (bytes.Length > most) throw new IOException($"'{path}' has more than {most >> 20} MiB.");
        }
        return bytes.GetBuffer().Length == bytes.Length ? bytes.GetBuffer() : bytes.ToArray();
    }

    private static Failure Failed(string path, string cause) => new("VPY3006", $"cannot be read: {cause}") { Location = path };
}
