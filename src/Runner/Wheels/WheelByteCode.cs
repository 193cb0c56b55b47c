using System.Globalization;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Interpreters;

namespace VPythonTools.Runner.Wheels;

/// <summary>The byte-code of an unpacked wheel for one interpreter: <c>N.pyc</c> for the module <c>files/N</c>, and a manifest with sizes and checksums.</summary>
internal sealed class WheelByteCode
{
    private static ReadOnlySpan<byte> Magic => "VPYBYT01"u8;

    private readonly string _directory;
    private readonly Dictionary<int, (long Size, uint Crc32)> _files;

    private WheelByteCode(string directory, ByteCodeFormat format, Dictionary<int, (long Size, uint Crc32)> files)
    {
        _directory = directory;
        Format = format;
        _files = files;
    }

    /// <summary>What it is.</summary>
    public ByteCodeFormat Format { get; }

    /// <summary>How many modules have byte-code.</summary>
    public int Count => _files.Count;

    /// <summary>Writes the manifest, with what says how long the files can be trusted (<see cref="BootIdentity"/>).</summary>
    public void Keep(string mark) => Keep(_directory, _files, mark);

    /// <summary>Where the byte-code of a wheel for an interpreter is.</summary>
    /// <param name="wheel">The wheel.</param>
    /// <param name="interpreter">The name of the interpreter among those of this store.</param>
    public static string DirectoryOf(UnpackedWheel wheel, string interpreter) => Path.Combine(wheel.Path, "bytecode", interpreter);

    /// <summary>The byte-code in a directory; null when there is none, or none that is whole.</summary>
    public static WheelByteCode? Load(string directory, ByteCodeFormat format)
    {
        (WheelByteCode Code, string Mark)? read = CheckedRecord.Read(ManifestIn(directory), Magic, reader => new Loaded(Read(reader, directory, format))) is { } loaded ? loaded.Value : null;
        if (read is not var (code, mark)) return null;
        if (BootIdentity.IsTrusted(mark))
        {
            CheckedRecord.Touch(ManifestIn(directory));
            return code;
        }
        if (code.FindDamage() is not null) return null;
        Keep(directory, code._files, BootIdentity.Lasting);
        return code;
    }

    /// <summary>Names what was compiled into a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="files">The numbers of the modules, with the sizes and checksums of their byte-code.</param>
    public static void Keep(string directory, IReadOnlyDictionary<int, (long Size, uint Crc32)> files) =>
        Keep(directory, files, BootIdentity.Current ?? BootIdentity.Lasting);

    /// <summary>The file of a module's byte-code and its size; null where the module has none.</summary>
    public (string Path, long Size)? Find(int module) => _files.TryGetValue(module, out (long Size, uint Crc32) file) ? (PathOf(_directory, module), file.Size) : null;

    /// <summary>The path of a module's byte-code in a directory.</summary>
    public static string PathOf(string directory, int module) => Path.Combine(directory, module.ToString(CultureInfo.InvariantCulture) + ".pyc");

    /// <summary>Compares every file with what was written; the first difference as a sentence, null when there is none.</summary>
    public string? FindDamage()
    {
        foreach ((int module, (long size, uint crc32)) in _files)
        {
            string path = PathOf(_directory, module);
            try
            {
                byte[] content = RegularFile.ReadAll(path);
                if (content.Length != size || Crc32.Of(content) != crc32) return $"'{path}' is not as it was written";
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return exception.Message;
            }
        }
        return null;
    }

    private static string ManifestIn(string directory) => Path.Combine(directory, "manifest");

    private static void Keep(string directory, IReadOnlyDictionary<int, (long Size, uint Crc32)> files, string mark) => CheckedRecord.Write(ManifestIn(directory), Magic, writer =>
    {
        writer.Write(mark);
        writer.Write(files.Count);
        foreach ((int module, (long size, uint crc32)) in files)
        {
            writer.Write(module);
            writer.Write(size);
            writer.Write(crc32);
        }
    });

    private static (WheelByteCode Code, string Mark) Read(BinaryReader reader, string directory, ByteCodeFormat format)
    {
        string mark = reader.ReadString();
        int count = reader.ReadInt32();
        var files = new Dictionary<int, (long Size, uint Crc32)>(count);
        for (int index = 0; index < count; index++) files.Add(reader.ReadInt32(), (reader.ReadInt64(), reader.ReadUInt32()));
        return (new(directory, format, files), mark);
    }

    private sealed record Loaded((WheelByteCode Code, string Mark) Value);
}
