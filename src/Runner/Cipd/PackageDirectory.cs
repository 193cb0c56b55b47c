using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>
/// A package source that is a directory: <c>instances/</c> holds CIPD instance files under their instance IDs, <c>packages.json</c> says
/// which package each belongs to and which tags and refs it has. It can be committed, copied, or served as files.
/// </summary>
public sealed class PackageDirectory : IPackageSource
{
    private const string IndexName = "packages.json";
    private const string InstancesName = "instances";

    // Held while something is added; readers need no lock, since files only ever appear whole.
    private const string LockName = ".lock";

    private readonly string _path;
    private readonly PackageIndex _index;

    private PackageDirectory(string path, PackageIndex index, WatchedPath watchedIndex)
    {
        _path = path;
        _index = index;
        Watched = [watchedIndex];
    }

    /// <inheritdoc/>
    public string Description => $"package directory '{_path}'";

    /// <inheritdoc/>
    public ImmutableArray<WatchedPath> Watched { get; }

    /// <inheritdoc/>
    public bool ChangesUnseen => false;

    /// <summary>All instances of all packages.</summary>
    internal IEnumerable<PackagePin> Pins => _index.Packages.SelectMany(package => package.Value.Instances.Keys.Select(instance => Pin(Name(package.Key), instance)));

    /// <summary>All instances with their tags, in the order of packages and instance IDs.</summary>
    public IEnumerable<(PackagePin Pin, ImmutableArray<string> Tags)> Instances =>
        from package in _index.Packages
        from instance in package.Value.Instances
        let name = PackageName.TryParse(package.Key, out PackageName parsed, out _) ? parsed : throw new InvalidOperationException("The index holds package names only.")
        let id = InstanceId.TryParse(instance.Key, out InstanceId known) ? known : throw new InvalidOperationException("The index holds instance IDs only.")
        select (new PackagePin(name, id), instance.Value.ToImmutableArray());

    /// <summary>Where the index of a directory is.</summary>
    public static string IndexPathIn(string path) => Path.Combine(path, IndexName);

    /// <summary>Opens a directory and reads its index.</summary>
    public static Result<PackageDirectory> Open(string path)
    {
        var watched = WatchedPath.Now(IndexPathIn(path));
        return ReadIndex(path).Then<PackageDirectory>(index => index.IsNew
            ? new Failure("VPY3107", $"'{path}' is not a package directory: it has no {IndexName}")
            {
                NextStep = "name a directory made by 'vpython3 package add'",
            }
            : new PackageDirectory(path, index.Index, watched));
    }

    /// <summary>
    /// Packs a wheel into an instance and enters it in the index, making the directory when it is missing. The wheel is checked completely
    /// first: every file, and that there is an environment into which it can be installed.
    /// </summary>
    /// <param name="path">The package directory.</param>
    /// <param name="name">The package.</param>
    /// <param name="tags">Tags for the instance, such as <c>version:5.8.0</c>. A tag that another instance of the package has is refused,
    /// since it would name neither.</param>
    /// <param name="refs">Refs that name this instance from now on.</param>
    /// <param name="wheelPath">The wheel.</param>
    public static Result<PackagePin> Add(string path, PackageName name, IReadOnlyList<string> tags, IReadOnlyList<string> refs, string wheelPath)
    {
        if (CheckVersions(tags, CipdVersionKind.Tag) is { } wrongTag) return wrongTag;
        if (CheckVersions(refs, CipdVersionKind.Ref) is { } wrongRef) return wrongRef;
        if (!WheelArchive.Open(wheelPath).TryGet(out WheelArchive? wheel, out Failure? failure)) return failure;
        using (wheel)
        {
            if (wheel.Verify() is { } damage) return damage;
            if (!InstallPlan.Make([wheel], InstallTarget.Nominal(IsForWindows(name, wheel))).TryGet(out _, out failure)) return failure;
        }
        try
        {
            Directory.CreateDirectory(Path.Combine(path, InstancesName));
            using FileLock adding = FileLock.Open(Path.Combine(path, LockName));
            adding.TakeExclusive();
            return Enter(path, name, tags, refs, wheelPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return NotWritable(path, exception);
        }
    }

    /// <summary>Puts a copy of an instance file into a directory, which is made when it is missing; the index does not know it yet. Null when that went well.</summary>
    internal static Failure? Store(string path, InstanceFile instance, CancellationToken cancellation)
    {
        string instances = Path.Combine(path, InstancesName);
        try
        {
            Directory.CreateDirectory(instances);
            AtomicFile.Make(instances, aside =>
            {
                using FileStream output = File.Create(aside);
                instance.CopyTo(output, cancellation);
                return InstancePath(path, instance.Pin.Instance);
            });
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return NotWritable(path, exception);
        }
    }

    /// <summary>The failure of a directory whose tags name other instances than those by which packages are known now; null when there is none.</summary>
    internal static Failure? CheckMirrored(string path, IReadOnlyList<(PackagePin Pin, CipdVersion Version)> packages)
    {
        if (!ReadIndex(path).TryGet(out ReadResult? read, out Failure? failure)) return failure;
        Failure[] moved =
        [
            .. from package in packages
               where package.Version.Kind == CipdVersionKind.Tag && read.Index.Packages.ContainsKey(package.Pin.Name.Value)
               let taken = CheckTags(package.Pin.Name, read.Index.GetOrAdd(package.Pin.Name), package.Pin.Instance, [package.Version.Value])
               where taken is not null
               select taken with { NextStep = $"it has moved where the packages come from; remove it from '{Path.Combine(path, IndexName)}' to follow, or pull into another directory to keep both" },
        ];
        return moved.Length == 0 ? null : Failure.All(moved);
    }

    /// <summary>The files among the instances that the index does not know, hidden ones apart.</summary>
    internal IEnumerable<string> Strays
    {
        get
        {
            string instances = Path.Combine(_path, InstancesName);
            if (!Directory.Exists(instances)) return [];
            HashSet<string> known = [.. Pins.Select(pin => pin.Instance.Value)];
            return Directory.EnumerateFileSystemEntries(instances).Where(entry => Path.GetFileName(entry) is var name && name[0] != '.' && !known.Contains(name)).Order(StringComparer.Ordinal);
        }
    }

    /// <summary>Enters instances whose files are there into the index of a directory, under the versions by which they are known; null when that went well.</summary>
    internal static Failure? Enter(string path, IReadOnlyList<(PackagePin Pin, CipdVersion Version)> packages)
    {
        try
        {
            Directory.CreateDirectory(path);
            using FileLock adding = FileLock.Open(Path.Combine(path, LockName));
            adding.TakeExclusive();
            if (!ReadIndex(path).TryGet(out ReadResult? read, out Failure? failure)) return failure;
            foreach ((PackagePin pin, CipdVersion version) in packages)
            {
                PackageEntry entry = read.Index.GetOrAdd(pin.Name);
                if (version.Kind == CipdVersionKind.Tag && CheckTags(pin.Name, entry, pin.Instance, [version.Value]) is { } taken) return taken;
                entry.AddInstance(pin.Instance);
                if (version.Kind == CipdVersionKind.Tag) entry.AddTag(pin.Instance, version.Value);
                if (version.Kind == CipdVersionKind.Ref) entry.MoveRef(version.Value, pin.Instance);
            }
            AtomicFile.Write(Path.Combine(path, IndexName), read.Index.ToJson());
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return NotWritable(path, exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Result<PackagePin>> ResolveAsync(PackageName name, CipdVersion version, CancellationToken cancellation) =>
        ValueTask.FromResult(Resolve(name, version));

    /// <inheritdoc/>
    public ValueTask<Result<InstanceFile>> FetchAsync(PackagePin pin, CancellationToken cancellation) =>
        ValueTask.FromResult(InstanceFile.Open(InstancePath(_path, pin.Instance), pin));

    /// <inheritdoc/>
    public bool HasAtHand(PackagePin pin) => true;

    /// <summary>Where the file of an instance is in a package directory.</summary>
    internal static string InstancePath(string path, InstanceId instance) => Path.Combine(path, InstancesName, instance.Value);

    /// <inheritdoc/>
    public ValueTask<Result<PrefixListing>> ListAsync(string prefix, bool isRecursive, CancellationToken cancellation)
    {
        string start = prefix.Length == 0 ? "" : prefix + "/";
        string[] below = [.. _index.Packages.Keys.Where(name => name.StartsWith(start, StringComparison.Ordinal))];
        IEnumerable<string> prefixes = below.SelectMany(name => PrefixesOf(name, start.Length)).Distinct();
        return ValueTask.FromResult<Result<PrefixListing>>(new PrefixListing(
            [.. below.Where(name => isRecursive || !name[start.Length..].Contains('/', StringComparison.Ordinal))],
            [.. prefixes.Where(name => isRecursive || !name[start.Length..].Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)]));
    }

    /// <inheritdoc/>
    public ValueTask<Result<ImmutableArray<InstanceDescription>>> ListInstancesAsync(PackageName name, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<Result<ImmutableArray<InstanceDescription>>>(_index.Packages.TryGetValue(name.Value, out PackageEntry? entry)
            ? entry.Instances.Keys.Take(limit).Select(instance => new InstanceDescription(Pin(name, instance))).ToImmutableArray()
            : NoPackage(name));

    /// <inheritdoc/>
    public ValueTask<Result<InstanceDescription>> DescribeAsync(PackagePin pin, CancellationToken cancellation) => ValueTask.FromResult(
        Resolve(pin.Name, CipdVersion.Of(pin.Instance)).Then<InstanceDescription>(found => new InstanceDescription(found)
        {
            Refs = [.. _index.Packages[pin.Name.Value].Refs.Where(reference => reference.Value == pin.Instance.Value).Select(reference => reference.Key)],
            Tags = [.. _index.Packages[pin.Name.Value].Instances[pin.Instance.Value]],
        }));

    private static IEnumerable<string> PrefixesOf(string name, int start)
    {
        for (int slash = name.IndexOf('/', start); slash >= 0; slash = name.IndexOf('/', slash + 1)) yield return name[..slash];
    }

    private Result<PackagePin> Resolve(PackageName name, CipdVersion version)
    {
        if (!_index.Packages.TryGetValue(name.Value, out PackageEntry? entry)) return NoPackage(name);
        switch (version.Kind)
        {
            case CipdVersionKind.Tag when entry.InstancesWith(version.Value) is [_, _, ..] several:
                return new Failure(MissingVersion.TagOfSeveral, $"{several.Length} instances of the package '{name}' in the {Description} have the tag '{version}', so it names none")
                {
                    NextStep = $"name one by its instance ID: {string.Join(" or ", several)}",
                };
            case CipdVersionKind.Tag:
                return entry.InstancesWith(version.Value) is [var tagged] ? Pin(name, tagged) : MissingVersion.Version(name, version, Description, entry.Tags);
            case CipdVersionKind.Ref:
                return entry.Refs.TryGetValue(version.Value, out string? named) ? Pin(name, named) : MissingVersion.Version(name, version, Description, entry.Refs.Keys);
            default:
                return entry.Instances.ContainsKey(version.Value) ? Pin(name, version.Value) : MissingVersion.Version(name, version, Description, entry.Instances.Keys);
        }
    }

    private Failure NoPackage(PackageName name) =>
        MissingVersion.Package(name, Description, _index.Packages.Keys, "add it with 'vpython3 package add', or correct the name");

    private static Failure NotWritable(string path, Exception exception) => new("VPY3109", $"The package directory '{path}' cannot be written: {AtomicFile.Reason(exception)}")
    {
        IsOfAll = true,
        NextStep = "free space or mend its permissions, or name another directory",
    };

    private static PackageName Name(string name) =>
        PackageName.TryParse(name, out PackageName parsed, out _) ? parsed : throw new InvalidOperationException("The index holds package names only.");

    private static PackagePin Pin(PackageName name, string instance) =>
        InstanceId.TryParse(instance, out InstanceId id) ? new PackagePin(name, id) : throw new InvalidOperationException("The index holds instance IDs only.");

    /// <summary>As the tags of the file name say, or else, since Chrome Operations renames its wheels, the name of the package.</summary>
    private static bool IsForWindows(PackageName name, WheelArchive wheel) =>
        wheel.FileName.Tags.All(tag => tag.Platform.StartsWith("win", StringComparison.Ordinal))
        || name.Value.Split('/').Any(part => part.StartsWith("windows-", StringComparison.Ordinal));

    private static Failure? CheckVersions(IReadOnlyList<string> texts, CipdVersionKind kind)
    {
        string word = kind == CipdVersionKind.Tag ? "tag" : "ref";
        foreach (string text in texts)
        {
            if (!CipdVersion.TryParse(text, out CipdVersion version, out string? error)) return new("VPY3120", $"'{text}' cannot be a {word}: {error}");
            if (version.Kind != kind) return new("VPY3120", $"'{text}' is not a {word}");
        }
        return null;
    }

    /// <summary>
    /// The instance is written aside and renamed to the hash that it turned out to have, the index after it: a reader never sees a part of
    /// either, nor an entry without its file. The same wheel added again is the same file.
    /// </summary>
    private static Result<PackagePin> Enter(string path, PackageName name, IReadOnlyList<string> tags, IReadOnlyList<string> refs, string wheelPath)
    {
        if (!ReadIndex(path).TryGet(out ReadResult? read, out Failure? failure)) return failure;
        PackageEntry entry = read.Index.GetOrAdd(name);
        InstanceId instance = default;
        AtomicFile.Make(Path.Combine(path, InstancesName), aside =>
        {
            instance = WriteInstance(aside, name, wheelPath);
            failure = CheckTags(name, entry, instance, tags);
            return failure is null ? InstancePath(path, instance) : null;
        });
        if (failure is not null) return failure;
        entry.AddInstance(instance);
        foreach (string tag in tags) entry.AddTag(instance, tag);
        foreach (string reference in refs) entry.MoveRef(reference, instance);
        AtomicFile.Write(Path.Combine(path, IndexName), read.Index.ToJson());
        return new PackagePin(name, instance);
    }

    private static InstanceId WriteInstance(string path, PackageName name, string wheelPath)
    {
        using SafeFileHandle wheel = RegularFile.Open(wheelPath);
        using FileStream output = File.Create(path);
        return InstanceFileWriter.Write(output, name, [(Path.GetFileName(wheelPath), ByteRange.OfFile(wheel))]);
    }

    private static Failure? CheckTags(PackageName name, PackageEntry entry, InstanceId instance, IReadOnlyList<string> tags)
    {
        foreach (string tag in tags)
        {
            if (entry.InstancesWith(tag).FirstOrDefault(other => other != instance.Value) is not { } other) continue;
            return new(MissingVersion.TagOfSeveral, $"The tag '{tag}' belongs to another instance of the package '{name}' already ({other}); on two it would name neither")
            {
                NextStep = "give the wheel another version, or remove the tag from packages.json first",
            };
        }
        return null;
    }

    private static Result<ReadResult> ReadIndex(string path)
    {
        byte[] json;
        try
        {
            json = RegularFile.ReadAll(Path.Combine(path, IndexName));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ReadResult(new(), IsNew: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure("VPY3107", $"The {IndexName} of the package directory '{path}' cannot be read: {exception.Message}")
            {
                NextStep = "mend it or its permissions, or name another package directory with -vpython-packages or VPYTHON_PACKAGES",
            };
        }
        if (PackageIndex.TryParse(json, out PackageIndex? index, out PackageIndexFault? fault)) return new ReadResult(index, IsNew: false);
        string file = Path.Combine(path, IndexName);
        return new Failure("VPY3108", $"The index of the package directory is not valid: {fault.Reason}")
        {
            Location = fault.Position is { } position ? $"{file}:{position.Line}:{position.Column}" : file,
            NextStep = "mend the file, restore it from where the package directory came from, or use a newer vpython3 if a newer one wrote it",
        };
    }

    private sealed record ReadResult(PackageIndex Index, bool IsNew);
}
