using System.Collections.Immutable;
using System.Text;
using Microsoft.Win32.SafeHandles;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// A wheel in its archive, opened and checked as far as that goes without unpacking it: names and paths, one <c>.dist-info</c> directory that matches the file name, a known format version,
/// and a RECORD that lists every file with a hash. The hashes themselves are checked as the files are unpacked, or by <see cref="Verify"/>.
/// </summary>
public sealed class WheelArchive : Wheel
{
    private const int LargestMetadata = 16 << 20;
    private const int SupportedMajorVersion = 1;

    private readonly SafeFileHandle? _handle;

    private WheelArchive(SafeFileHandle? handle, ByteRange bytes, ZipDirectory directory, WheelFileName fileName, string origin, string? location)
        : base(fileName, origin, location)
    {
        _handle = handle;
        Bytes = bytes;
        Directory = directory;
    }

    /// <summary>The archive's bytes.</summary>
    internal ByteRange Bytes { get; }

    /// <summary>The archive.</summary>
    internal ZipDirectory Directory { get; }

    /// <summary>Opens a wheel file.</summary>
    public static Result<WheelArchive> Open(string path)
    {
        SafeFileHandle handle;
        try
        {
            handle = RegularFile.Open(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure("VPY3201", $"The wheel '{path}' cannot be read: {exception.Message}") { NextStep = "correct the path, or the permissions of the file" };
        }
        Result<WheelArchive> result = Open(handle, ByteRange.OfFile(handle), Path.GetFileName(path), path, null);
        if (result.Failure is not null) handle.Dispose();
        return result;
    }

    /// <summary>
    /// Opens a wheel that lies somewhere else than in a file of its own. The bytes have to stay readable as long as the wheel is used.
    /// </summary>
    /// <param name="bytes">The wheel.</param>
    /// <param name="fileName">The name that it has.</param>
    /// <param name="origin">Where it came from, for messages.</param>
    /// <param name="location">The place that asked for it, which every failure of the wheel then has.</param>
    public static Result<WheelArchive> Open(ByteRange bytes, string fileName, string origin, string? location = null) =>
        Open(null, bytes, fileName, origin, location);

    /// <summary>Checks the content of every file against RECORD; null when all agree.</summary>
    public Failure? Verify()
    {
        using var content = new WheelContentReader();
        foreach (WheelMember member in Members)
        {
            try
            {
                content.Read(this, member, Stream.Null);
            }
            catch (InvalidDataException exception)
            {
                return Damaged(exception);
            }
        }
        return null;
    }

    /// <summary>The headers of METADATA.</summary>
    /// <exception cref="InvalidDataException">The bytes turn out to be wrong.</exception>
    internal MetadataHeaders ReadMetadata() => MetadataHeaders.Parse(ReadMember($"{DistInfo}/METADATA"));

    /// <summary>The packages that older wheels declare to be shared with other distributions.</summary>
    /// <exception cref="InvalidDataException">The bytes turn out to be wrong.</exception>
    internal string[] ReadNamespacePackages() =>
        Encoding.UTF8.GetString(ReadMember($"{DistInfo}/namespace_packages.txt") ?? []).Split((char[])['\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Closes the wheel's file, if it has one of its own.</summary>
    public override void Dispose()
    {
        _handle?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    internal override Stream Open(WheelMember member) => Directory.Open(Directory.Find(member.Name)!);

    private static Result<WheelArchive> Open(SafeFileHandle? handle, ByteRange bytes, string fileName, string origin, string? location)
    {
        if (!WheelFileName.TryParse(fileName, out WheelFileName? parsedName, out string? error)) return Refuse("VPY3201", origin, error) with { Location = location };
        ZipDirectory directory;
        try
        {
            directory = ZipDirectory.Read(bytes, ZipLimits.Default);
        }
        catch (InvalidDataException exception)
        {
            return Refuse("VPY3202", origin, exception.Message) with { Location = location };
        }
        try
        {
            return Describe(new(handle, bytes, directory, parsedName, origin, location));
        }
        catch (InvalidDataException exception)
        {
            return Refuse("VPY3204", origin, exception.Message) with { Location = location };
        }
    }

    private static Result<WheelArchive> Describe(WheelArchive wheel)
    {
        if (!wheel.FindDistInfo().TryGet(out string? distInfo, out Failure? failure)) return failure;
        if (wheel.ReadMember($"{distInfo}/WHEEL") is not { } wheelFile) return wheel.Refuse("VPY3204", $"{distInfo}/WHEEL is missing");
        if (wheel.ReadMember($"{distInfo}/METADATA") is not { } metadataFile) return wheel.Refuse("VPY3204", $"{distInfo}/METADATA is missing");
        MetadataHeaders format = MetadataHeaders.Parse(wheelFile);
        MetadataHeaders metadata = MetadataHeaders.Parse(metadataFile);
        if (wheel.CheckFormatVersion(format.Find("Wheel-Version")) is { } unknownFormat) return unknownFormat;
        if (metadata.Find("Name") is not { } name || metadata.Find("Version") is not { } version)
            return wheel.Refuse("VPY3204", $"{distInfo}/METADATA has no Name or no Version");
        if (Canonical($"{name}-{version}") != Canonical($"{wheel.FileName.Distribution}-{wheel.FileName.Version}"))
            return wheel.Refuse("VPY3203", $"its metadata is that of '{name}' {version}");
        if (!wheel.MatchRecord(distInfo).TryGet(out ImmutableArray<WheelMember> members, out failure)) return failure;
        byte[]? entryPoints = wheel.ReadMember($"{distInfo}/entry_points.txt");
        return new WheelArchive(wheel._handle, wheel.Bytes, wheel.Directory, wheel.FileName, wheel.Origin, wheel.Location)
        {
            ProjectName = name,
            Version = version,
            DistInfo = distInfo,
            RootIsPurelib = "true".Equals(format.Find("Root-Is-Purelib"), StringComparison.OrdinalIgnoreCase),
            EntryPoints = entryPoints is null ? [] : EntryPointFile.ReadScripts(entryPoints),
            Requirements = [.. metadata.FindAll("Requires-Dist").Select(FirstLine)],
            Members = members,
        };
    }

    private Result<string> FindDistInfo()
    {
        string[] candidates =
        [
            .. Directory.Members
                .Where(member => member.Name.Contains('/', StringComparison.Ordinal))
                .Select(member => member.Name[..member.Name.IndexOf('/', StringComparison.Ordinal)])
                .Where(directory => directory.EndsWith(".dist-info", StringComparison.Ordinal))
                .Distinct(),
        ];
        if (candidates.Length != 1)
        {
            return Refuse("VPY3203", candidates.Length == 0
                ? "it has no .dist-info directory"
                : $"it has several .dist-info directories: {string.Join(", ", candidates)}");
        }
        string stem = candidates[0][..^".dist-info".Length];
        return Canonical(stem) == Canonical($"{FileName.Distribution}-{FileName.Version}")
            ? candidates[0]
            : Refuse("VPY3203", $"its directory '{candidates[0]}' does not belong to its file name");
    }

    private Failure? CheckFormatVersion(string? text)
    {
        if (text is null) return Refuse("VPY3204", "WHEEL has no Wheel-Version");
        if (!System.Version.TryParse(text, out Version? version)) return Refuse("VPY3204", $"its Wheel-Version '{text}' is not a version");
        return version.Major == SupportedMajorVersion ? null : Refuse("VPY3205", $"its format version is {text}, and only {SupportedMajorVersion}.x is known");
    }

    private Result<ImmutableArray<WheelMember>> MatchRecord(string distInfo)
    {
        string recordName = $"{distInfo}/RECORD";
        if (ReadMember(recordName) is not { } recordFile)
        {
            Failure missing = Refuse("VPY3206", $"it has no {recordName}, so nothing says which files belong to it and what is in them");
            return missing with { NextStep = "use a newer build of the wheel; some old packages (pyopenssl was one) were built without a RECORD" };
        }
        WheelRecord record = WheelRecord.Parse(recordFile);
        var rows = record.Rows.ToDictionary(row => row.Path, StringComparer.Ordinal);
        var members = ImmutableArray.CreateBuilder<WheelMember>(Directory.Members.Length);
        foreach (ZipMember file in Directory.Members)
        {
            bool isListed = rows.Remove(file.Name, out WheelRecordRow row);
            if (file.Name == recordName || file.Name == $"{recordName}.jws" || file.Name == $"{recordName}.p7s") continue;
            if (!isListed) return Refuse("VPY3207", $"its file '{file.Name}' is not in RECORD");
            if (!row.TryGetDigest(out _, out _))
                return Refuse("VPY3207", $"RECORD gives '{file.Name}' no SHA-256, SHA-384 or SHA-512 but '{row.Hash}'");
            if (row.Size.Length > 0 && row.SizeInBytes != file.Size)
                return Refuse("VPY3207", $"RECORD gives '{file.Name}' {row.Size} bytes, and it has {file.Size}");
            members.Add(new(file.Name, file.Size, file.IsExecutable, row));
        }
        rows.Remove(recordName);
        rows.Remove($"{recordName}.jws");
        rows.Remove($"{recordName}.p7s");
        if (rows.Count > 0) return Refuse("VPY3207", $"RECORD lists '{rows.Keys.Order(StringComparer.Ordinal).First()}', which is not in it");
        return members.DrainToImmutable();
    }

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0].Trim();

    private byte[]? ReadMember(string name) => Directory.Find(name) is { } member ? Directory.ReadAll(member, LargestMetadata) : null;

    /// <summary>
    /// Names and versions as they are compared: without case, all that may stand for one another alike (PEP 503, and PEP 427's escaping of
    /// versions).
    /// </summary>
    internal static string Canonical(string text)
    {
        var canonical = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (character is not ('-' or '_' or '.' or '+')) canonical.Append(char.ToLowerInvariant(character));
            else if (canonical.Length > 0 && canonical[^1] != '-') canonical.Append('-');
        }
        return canonical.ToString();
    }
}
