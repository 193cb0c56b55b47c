using System.Globalization;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// A wheel that lies unpacked and checked in the cache. Its files are named by their number, never by the names that the archive gives them: those lead nowhere, and two of them cannot be one on
/// a file system without case.
/// </summary>
/// <remarks>
/// <c>manifest</c> holds what the archive said; <c>files/N</c> is the file of row N; <c>bytecode/INTERPRETER/</c> holds byte-code, when there is some (<see cref="WheelByteCode"/>). All files may
/// only be read. The directory gets its name, the SHA-256 of the archive, when all of it is there.
/// </remarks>
public sealed class UnpackedWheel : Wheel
{
    /// <summary>Changed with the format and with what an unpacked wheel means; one of another format is unpacked anew.</summary>
    private static ReadOnlySpan<byte> Magic => "VPYWHL01"u8;

    private readonly Dictionary<string, int> _indices;

    private UnpackedWheel(string directory, WheelFileName fileName, string origin, string? location, Dictionary<string, int> indices)
        : base(fileName, origin, location)
    {
        Path = directory;
        _indices = indices;
    }

    /// <summary>The directory in the cache.</summary>
    public string Path { get; }

    /// <summary>The byte-code for the interpreter that the wheel is to be installed for; null where there is none.</summary>
    internal WheelByteCode? ByteCode { get; init; }

    /// <summary>The whole of the cached wheel in a directory; null when it is none, is damaged, or may have been damaged by a loss of power and cannot be shown to be whole.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="fileName">The name that the wheel has where it comes from.</param>
    /// <param name="origin">Where it comes from, for messages.</param>
    /// <param name="location">The place that asked for it.</param>
    internal static UnpackedWheel? Load(string directory, WheelFileName fileName, string origin, string? location)
    {
        string manifest = ManifestIn(directory);
        (UnpackedWheel Wheel, string Mark)? read = CheckedRecord.Read(manifest, Magic, reader => new Loaded(Read(reader, directory, fileName, origin, location))) is { } loaded ? loaded.Value : null;
        if (read is not var (wheel, mark)) return null;
        if (BootIdentity.IsTrusted(mark))
        {
            CheckedRecord.Touch(manifest);
            return wheel;
        }
        if (wheel.FindDamage() is not null) return null;
        // It was read from the disk, so it is there.
        wheel.Keep(BootIdentity.Lasting);
        return wheel;
    }

    /// <summary>Writes the files of a wheel into a directory, by all cores, each of them checked against RECORD.</summary>
    /// <param name="archive">The wheel.</param>
    /// <param name="directory">The directory, which nobody else knows yet.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <exception cref="InvalidDataException">A file is not what RECORD promises.</exception>
    internal static void Unpack(WheelArchive archive, string directory, CancellationToken cancellation)
    {
        string files = FilesIn(directory);
        Directory.CreateDirectory(files);
        bool writesThrough = BootIdentity.Current is null;
        (WheelMember Member, int Index)[] members = [.. archive.Members.Select((member, index) => (member, index)).OrderByDescending(member => member.member.Size)];
        try
        {
            Parallel.ForEach(
                System.Collections.Concurrent.Partitioner.Create(members, loadBalance: true),
                new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
                () => new WheelContentReader(),
                (member, _, content) =>
                {
                    string path = PathOf(files, member.Index);
                    var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
                    if (!OperatingSystem.IsWindows())
                        options.UnixCreateMode = WheelContentMode.ReadOnly | (member.Member.IsExecutable ? WheelContentMode.Executable : 0);
                    using (var output = new FileStream(path, options))
                    {
                        content.Read(archive, member.Member, output);
                        if (writesThrough) output.Flush(flushToDisk: true);
                        File.SetLastWriteTimeUtc(output.SafeFileHandle, FileCloner.Modified);
                    }
                    if (OperatingSystem.IsWindows()) File.SetAttributes(path, FileAttributes.ReadOnly);
                    return content;
                },
                content => content.Dispose());
        }
        catch (AggregateException exception)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
        var wheel = new UnpackedWheel(directory, archive.FileName, archive.Origin, archive.Location, [])
        {
            ProjectName = archive.ProjectName,
            Version = archive.Version,
            DistInfo = archive.DistInfo,
            RootIsPurelib = archive.RootIsPurelib,
            EntryPoints = archive.EntryPoints,
            Requirements = archive.Requirements,
            Members = archive.Members,
        };
        wheel.Keep(BootIdentity.Current ?? BootIdentity.Lasting);
    }

    /// <summary>The same wheel with byte-code.</summary>
    internal UnpackedWheel With(WheelByteCode? byteCode) => new(Path, FileName, Origin, Location, _indices)
    {
        ProjectName = ProjectName,
        Version = Version,
        DistInfo = DistInfo,
        RootIsPurelib = RootIsPurelib,
        EntryPoints = EntryPoints,
        Requirements = Requirements,
        Members = Members,
        ByteCode = byteCode,
    };

    /// <summary>Compares every file with RECORD; the first difference as the end of a sentence, null when there is none.</summary>
    internal string? FindDamage()
    {
        using var content = new WheelContentReader();
        foreach (WheelMember member in Members)
        {
            try
            {
                content.Read(this, member, Stream.Null);
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                return exception.Message;
            }
        }
        return null;
    }

    /// <summary>The number of a file, which is its name in the cache.</summary>
    internal int IndexOf(WheelMember member) => _indices[member.Name];

    /// <summary>The path of a file in the cache.</summary>
    internal string PathOf(WheelMember member) => PathOf(FilesIn(Path), IndexOf(member));

    /// <summary>Whether a file is a module in a place where Python looks for modules.</summary>
    internal static bool IsModule(WheelMember member)
    {
        if (!member.Name.EndsWith(".py", StringComparison.Ordinal)) return false;
        string[] parts = member.Name.Split('/', 3);
        return !parts[0].EndsWith(".data", StringComparison.Ordinal) || (parts.Length == 3 && parts[1] is "purelib" or "platlib");
    }

    /// <inheritdoc/>
    internal override Stream Open(WheelMember member)
    {
        try
        {
            return new FileStream(RegularFile.Open(PathOf(member)), FileAccess.Read, bufferSize: 0);
        }
        catch (Exception exception) when (exception is FileNotFoundException or NotRegularFileException)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static string ManifestIn(string directory) => System.IO.Path.Combine(directory, "manifest");

    private static string FilesIn(string directory) => System.IO.Path.Combine(directory, "files");

    private static string PathOf(string files, int index) => System.IO.Path.Combine(files, index.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes the manifest, with what says how long the files can be trusted (<see cref="BootIdentity"/>).</summary>
    internal void Keep(string mark) => CheckedRecord.Write(ManifestIn(Path), Magic, writer =>
    {
        writer.Write(mark);
        foreach (string text in (ReadOnlySpan<string>)[ProjectName, Version, DistInfo]) writer.Write(text);
        writer.Write(RootIsPurelib);
        writer.Write(EntryPoints.Length);
        foreach (EntryPoint entryPoint in EntryPoints)
        {
            foreach (string text in (ReadOnlySpan<string>)[entryPoint.Name, entryPoint.Module, entryPoint.Function]) writer.Write(text);
            writer.Write(entryPoint.IsGui);
        }
        writer.Write(Requirements.Length);
        foreach (string requirement in Requirements) writer.Write(requirement);
        writer.Write(Members.Length);
        foreach (WheelMember member in Members)
        {
            foreach (string text in (ReadOnlySpan<string>)[member.Name, member.Row.Hash, member.Row.Size]) writer.Write(text);
            writer.Write(member.Size);
            writer.Write(member.IsExecutable);
        }
    });

    private static (UnpackedWheel Wheel, string Mark) Read(BinaryReader reader, string directory, WheelFileName fileName, string origin, string? location)
    {
        string mark = reader.ReadString();
        (string projectName, string version, string distInfo) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        bool rootIsPurelib = reader.ReadBoolean();
        var entryPoints = new EntryPoint[reader.ReadInt32()];
        for (int index = 0; index < entryPoints.Length; index++)
            entryPoints[index] = new(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadBoolean());
        string[] requirements = new string[reader.ReadInt32()];
        for (int index = 0; index < requirements.Length; index++) requirements[index] = reader.ReadString();
        var members = new WheelMember[reader.ReadInt32()];
        var indices = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
        for (int index = 0; index < members.Length; index++)
        {
            (string name, string hash, string size) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
            members[index] = new(name, reader.ReadInt64(), reader.ReadBoolean(), new(name, hash, size));
            indices[name] = index;
        }
        var wheel = new UnpackedWheel(directory, fileName, origin, location, indices)
        {
            ProjectName = projectName,
            Version = version,
            DistInfo = distInfo,
            RootIsPurelib = rootIsPurelib,
            EntryPoints = [.. entryPoints],
            Requirements = [.. requirements],
            Members = [.. members],
        };
        return (wheel, mark);
    }

    private sealed record Loaded((UnpackedWheel Wheel, string Mark) Value);
}
