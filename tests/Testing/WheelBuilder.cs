using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace VPythonTools.Testing;

/// <summary>Makes wheels: files, metadata and a RECORD that is right unless a test wants another.</summary>
/// <param name="name">The distribution, in the form of file names.</param>
/// <param name="version">Its version.</param>
public sealed class WheelBuilder(string name, string version)
{
    private readonly List<(string Name, byte[] Content, int Mode)> _files = [];

    /// <summary>The mode of plain files.</summary>
    public const int PlainMode = 0x81A4;

    /// <summary>The mode of executable files.</summary>
    public const int ExecutableMode = 0x81ED;

    /// <summary>The name that Chrome Operations gives to wheels, binary or not.</summary>
    public string FileName => $"{name}-{version}-py2.py3-none-any.whl";

    /// <summary>The name of the metadata directory.</summary>
    public string DistInfo => $"{name}-{version}.dist-info";

    /// <summary>The name of the data directory.</summary>
    public string Data => $"{name}-{version}.data";

    /// <summary>Whether everything is pure Python.</summary>
    public bool IsPure { get; init; } = true;

    /// <summary>The RECORD in place of the right one; the text <see langword="null"/> leaves it out.</summary>
    public Func<string, string?> Record { get; init; } = record => record;

    /// <summary>The WHEEL file.</summary>
    public string Wheel { get; init; } = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n";

    /// <summary>The METADATA file; one that fits when null.</summary>
    public byte[]? Metadata { get; init; }

    /// <summary>Adds a file.</summary>
    public WheelBuilder Add(string path, byte[] content, int mode = PlainMode)
    {
        _files.Add((path, content, mode));
        return this;
    }

    /// <summary>Adds a file.</summary>
    public WheelBuilder Add(string path, string content, int mode = PlainMode) => Add(path, Encoding.UTF8.GetBytes(content), mode);

    /// <summary>Writes the wheel into a directory and gives its path.</summary>
    public string Write(string directory)
    {
        string path = Path.Combine(directory, FileName);
        File.WriteAllBytes(path, ToBytes());
        return path;
    }

    /// <summary>The wheel.</summary>
    public byte[] ToBytes()
    {
        using var output = new MemoryStream();
        using (var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, byte[] content, int mode) in AllFiles())
            {
                ZipArchiveEntry entry = archive.CreateEntry(path, CompressionLevel.Fastest);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                entry.ExternalAttributes = mode << 16;
                using Stream stream = entry.Open();
                stream.Write(content);
            }
        }
        return output.ToArray();
    }

    private List<(string Name, byte[] Content, int Mode)> AllFiles()
    {
        string wheel = IsPure ? Wheel : Wheel.Replace("Root-Is-Purelib: true", "Root-Is-Purelib: false", StringComparison.Ordinal);
        List<(string Name, byte[] Content, int Mode)> files =
        [
            .. _files,
            ($"{DistInfo}/METADATA", Metadata ?? Encoding.UTF8.GetBytes($"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"), PlainMode),
            ($"{DistInfo}/WHEEL", Encoding.UTF8.GetBytes(wheel), PlainMode),
        ];
        var record = new StringBuilder();
        foreach ((string path, byte[] content, _) in files)
        {
            string shownPath = path.AsSpan().ContainsAny(",\"") ? $"\"{path.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : path;
            record.Append(CultureInfo.InvariantCulture, $"{shownPath},sha256={Base64Url.EncodeToString(SHA256.HashData(content))},{content.Length}\n");
        }
        record.Append(CultureInfo.InvariantCulture, $"{DistInfo}/RECORD,,\n");
        if (Record(record.ToString()) is { } text) files.Add(($"{DistInfo}/RECORD", Encoding.UTF8.GetBytes(text), PlainMode));
        return files;
    }
}
