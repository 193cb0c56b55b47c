using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>
/// A file of a CIPD package instance: a zip archive whose name is its hash, with a manifest inside. It is checked when it is opened and
/// read through the same handle afterwards, so nobody can exchange it in between. Stricter than CIPD's own client, which takes any archive
/// that has the right hash: the manifest has to name the package that was asked for, and nothing but plain files is accepted.
/// </summary>
public sealed class InstanceFile : IDisposable
{
    /// <summary>The code of the failure that a file's content is not what its name promises.</summary>
    internal const string ContentDiffers = "VPY3106";

    /// <summary>The code of the failure that a file cannot be read, or is not there.</summary>
    internal const string Unreadable = "VPY3105";

    private const int LargestManifest = 1 << 20;
    private const int LargestInflatedWheel = 512 << 20;

    private readonly SafeFileHandle _handle;
    private readonly ZipDirectory _directory;

    private InstanceFile(SafeFileHandle handle, ZipDirectory directory, PackagePin pin, string path)
    {
        _handle = handle;
        _directory = directory;
        Pin = pin;
        Path = path;
    }

    /// <summary>The package and instance that the file is.</summary>
    public PackagePin Pin { get; }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>Opens an instance file and checks all of it: hash, archive, manifest.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pin">What the file has to be.</param>
    public static Result<InstanceFile> Open(string path, PackagePin pin)
    {
        SafeFileHandle handle;
        try
        {
            handle = RegularFile.Open(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return RefuseUnreadable(pin, exception);
        }
        return Open(handle, path, pin, isHashed: false);
    }

    /// <summary>Opens an instance file whose content has just been checked against its hash through the same handle, which the instance then owns.</summary>
    internal static Result<InstanceFile> OpenHashed(SafeFileHandle handle, string path, PackagePin pin) => Open(handle, path, pin, isHashed: true);

    private static Result<InstanceFile> Open(SafeFileHandle handle, string path, PackagePin pin, bool isHashed)
    {
        try
        {
            ByteRange bytes = ByteRange.OfFile(handle);
            if (!isHashed && CheckHash(bytes, path, pin) is { } failure)
            {
                handle.Dispose();
                return failure;
            }
            ZipDirectory directory = ZipDirectory.Read(bytes, ZipLimits.Default);
            if (CheckManifest(directory, path, pin) is { } mismatch)
            {
                handle.Dispose();
                return mismatch;
            }
            return new InstanceFile(handle, directory, pin, path);
        }
        catch (InvalidDataException exception)
        {
            handle.Dispose();
            return Damaged(path, pin, exception);
        }
        catch (IOException exception)
        {
            handle.Dispose();
            return RefuseUnreadable(pin, exception);
        }
    }

    /// <summary>
    /// The wheels at the root of the package, in the order of their names; the vpython that Chrome Operations deploys looks nowhere deeper
    /// either. A stored wheel is read where it lies, a deflated one is inflated into memory. Their bytes are good as long as this file is
    /// open.
    /// </summary>
    /// <param name="location">The place that asked for the package, for the failures of its wheels.</param>
    public Result<ImmutableArray<WheelArchive>> OpenWheels(string? location = null)
    {
        var wheels = ImmutableArray.CreateBuilder<WheelArchive>();
        foreach (ZipMember member in _directory.Members.Where(IsWheelAtRoot).OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            ByteRange bytes;
            try
            {
                bytes = _directory.OpenInPlace(member) ?? ByteRange.OfMemory(_directory.ReadAll(member, LargestInflatedWheel));
            }
            catch (InvalidDataException exception)
            {
                return Damaged(Path, Pin, exception);
            }
            if (!WheelArchive.Open(bytes, member.Name, $"{Pin.Name} ({member.Name})", location).TryGet(out WheelArchive? wheel, out Failure? failure)) return failure;
            wheels.Add(wheel);
        }
        if (wheels.Count == 0)
            return new Failure("VPY3113", $"The instance {Pin.Instance} of the package '{Pin.Name}' holds no wheel: no file at its root ends in .whl") { Location = Path };
        return wheels.DrainToImmutable();
    }

    /// <summary>Writes all of the file somewhere else.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="cancellation">Stops at once.</param>
    public void CopyTo(Stream output, CancellationToken cancellation)
    {
        var bytes = ByteRange.OfFile(_handle);
        byte[] buffer = new byte[256 << 10];
        int count;
        for (long offset = 0; (count = bytes.Read(offset, buffer)) > 0; offset += count)
        {
            cancellation.ThrowIfCancellationRequested();
            output.Write(buffer, 0, count);
        }
    }

    /// <summary>Writes the wheels at the root of the package into a directory; gives their paths.</summary>
    /// <exception cref="InvalidDataException">One of them is damaged.</exception>
    public ImmutableArray<string> ExtractWheels(string directory)
    {
        var paths = ImmutableArray.CreateBuilder<string>();
        foreach (ZipMember member in _directory.Members.Where(IsWheelAtRoot))
        {
            string path = System.IO.Path.Combine(directory, member.Name);
            AtomicFile.Make(directory, aside =>
            {
                using Stream content = _directory.Open(member);
                using FileStream output = File.Create(aside);
                content.CopyTo(output);
                return path;
            });
            paths.Add(path);
        }
        return paths.DrainToImmutable();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private static bool IsWheelAtRoot(ZipMember member) =>
        member.Name.EndsWith(".whl", StringComparison.OrdinalIgnoreCase) && !member.Name.Contains('/', StringComparison.Ordinal);

    private static Failure? CheckHash(ByteRange bytes, string path, PackagePin pin)
    {
        HashAlgorithmName? algorithm = pin.Instance.Algorithm switch
        {
            InstanceIdAlgorithm.Sha256 => HashAlgorithmName.SHA256,
            InstanceIdAlgorithm.Sha1 => HashAlgorithmName.SHA1,
            _ => null,
        };
        if (algorithm is null)
            return new Failure(ContentDiffers, $"The instance {pin.Instance} of the package '{pin.Name}' is named by a hash that is not known here, so it cannot be checked");
        using IncrementalHash hash = IncrementalHash.CreateHash(algorithm.Value);
        var buffer = new byte[256 << 10];
        int count;
        for (long offset = 0; (count = bytes.Read(offset, buffer)) > 0; offset += count) hash.AppendData(buffer, 0, count);
        if (hash.GetHashAndReset().AsSpan().SequenceEqual(pin.Instance.Digest)) return null;
        return new Failure(ContentDiffers, $"The file of the instance {pin.Instance} of the package '{pin.Name}' has other content than its name promises; it is damaged or was changed")
        {
            Location = path,
            NextStep = "restore the file from where the package directory came from, or remove it and add the wheel again with 'vpython3 package add'",
        };
    }

    private static Failure? CheckManifest(ZipDirectory directory, string path, PackagePin pin)
    {
        if (directory.Find(InstanceManifest.MemberName) is not { } member)
            return new Failure("VPY3111", $"The instance {pin.Instance} of the package '{pin.Name}' has no {InstanceManifest.MemberName}, so it is no CIPD package") { Location = path };
        InstanceManifest manifest;
        try
        {
            manifest = InstanceManifest.Parse(directory.ReadAll(member, LargestManifest));
        }
        catch (InvalidDataException exception)
        {
            return new Failure("VPY3111", $"The instance {pin.Instance} of the package '{pin.Name}' is no CIPD package: {exception.Message}") { Location = path };
        }
        if (!manifest.IsKnownFormat)
        {
            return new Failure("VPY3111", $"The instance {pin.Instance} of the package '{pin.Name}' has the format '{manifest.FormatVersion}'; known are 1 and {InstanceManifest.CurrentFormat}")
            {
                Location = path,
                NextStep = "use a newer vpython3, or an instance that was built with an older CIPD client",
            };
        }
        if (manifest.PackageName == pin.Name.Value) return null;
        return new Failure("VPY3112", $"The instance {pin.Instance} was built as the package '{manifest.PackageName}', not as '{pin.Name}'")
        {
            Location = path,
            NextStep = $"name the package '{manifest.PackageName}' in the spec, or add its wheel under the name '{pin.Name}'",
        };
    }

    private static Failure RefuseUnreadable(PackagePin pin, Exception exception) =>
        new(Unreadable, $"The instance {pin.Instance} of the package '{pin.Name}' cannot be read: {exception.Message}")
        {
            NextStep = "restore its file from where the package directory came from, or mend its permissions",
        };

    private static Failure Damaged(string path, PackagePin pin, InvalidDataException exception) =>
        new("VPY3110", $"The instance {pin.Instance} of the package '{pin.Name}' is not a sound archive: {exception.Message}") { Location = path };
}
