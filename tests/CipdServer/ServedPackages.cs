using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.CipdServer;

/// <summary>
/// The content of a package directory, read again when its index has changed: <c>vpython3 package add</c> to it is seen by the next request.
/// </summary>
public sealed class ServedPackages
{
    private readonly string _directory;
    private readonly Lock _reading = new();
    private (DateTime Written, long Length) _version;
    private ImmutableSortedDictionary<string, ServedPackage> _packages;

    /// <summary>Reads a directory.</summary>
    /// <exception cref="InvalidDataException">Its index is not valid.</exception>
    /// <exception cref="IOException">Its index is not there or cannot be read.</exception>
    public ServedPackages(string directory)
    {
        _directory = directory;
        _version = VersionOfIndex();
        _packages = Read();
    }

    /// <summary>The packages by name, in the order of their bytes.</summary>
    /// <exception cref="InvalidDataException">The index has changed and is not valid any more.</exception>
    public ImmutableSortedDictionary<string, ServedPackage> Packages
    {
        get
        {
            lock (_reading)
            {
                (DateTime, long) version = VersionOfIndex();
                if (version == _version) return _packages;
                _packages = Read();
                _version = version;
                return _packages;
            }
        }
    }

    private string Index => PackageDirectory.IndexPathIn(_directory);

    private (DateTime Written, long Length) VersionOfIndex()
    {
        var file = new FileInfo(Index);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : throw new FileNotFoundException($"'{_directory}' is not a package directory: it has no {file.Name}", file.FullName);
    }

    private ImmutableSortedDictionary<string, ServedPackage> Read()
    {
        if (!PackageIndex.TryParse(File.ReadAllBytes(Index), out PackageIndex? index, out PackageIndexFault? fault))
            throw new InvalidDataException($"{Index} is not valid: {fault.Reason}");
        return index.Packages.ToImmutableSortedDictionary(package => package.Key, package => PackageOf(package.Key, package.Value), StringComparer.Ordinal);
    }

    private ServedPackage PackageOf(string name, PackageEntry entry)
    {
        ImmutableArray<ServedInstance> instances =
        [
            .. entry.Instances
                .Select(instance => InstanceOf(instance.Key, instance.Value))
                .OrderByDescending(instance => instance.Registered)
                .ThenBy(instance => instance.Id.Value, StringComparer.Ordinal),
        ];
        return new(
            name,
            instances,
            [
                .. entry.Refs
                    .Select(reference => (reference.Key, instances.Single(instance => instance.Id.Value == reference.Value)))
                    .OrderByDescending(reference => reference.Item2.Registered)
                    .ThenBy(reference => reference.Key, StringComparer.Ordinal),
            ]);
    }

    private ServedInstance InstanceOf(string id, IEnumerable<string> tags)
    {
        if (!InstanceId.TryParse(id, out InstanceId instance)) throw new InvalidDataException($"'{id}' is no instance ID.");
        string path = Path.Combine(_directory, "instances", id);
        return new(instance, path, File.GetLastWriteTimeUtc(path), [.. tags]);
    }
}
