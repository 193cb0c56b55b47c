using System.Collections.Immutable;
using System.Security.Cryptography;
using VPythonTools.Runner.Catalogues;
using VPythonTools.Runner.Cipd.Caches;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Interpreters;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>All that is kept on the disk to save time.</summary>
/// <param name="Kinds">Each kind of it.</param>
internal sealed record CacheInventory(ImmutableArray<CacheKind> Kinds)
{
    /// <summary>What an invocation keeps.</summary>
    public static Result<CacheInventory> Of(Invocation invocation)
    {
        if (!CipdSettings.Read(invocation.Environment, invocation.Layout.Root).TryGet(out CipdSettings? settings, out Failure? failure)
            || !CatalogueStore.Choose(invocation).TryGet(out CatalogueStore? catalogue, out failure))
            return failure;
        StoreLayout store = invocation.Layout;
        var cache = new CacheLayout(settings.CacheDirectory);
        return new CacheInventory(
        [
            // Whoever repairs environments builds them anew; that is not done by removing them.
            new("environments", store.Environments, IsMadeAgain: false, () => []),
            new("wheels", store.Wheels, IsMadeAgain: true, () => UnpackedWheels(store).SelectMany(CheckWheel)) { Remove = new WheelCollector(store, invocation.Log).Remove },
            new("instances", cache.Instances, IsMadeAgain: true, () => FilesIn(cache.Instances).Select(CheckInstance).OfType<CacheFault>()),
            new("downloads", cache.Partial, IsMadeAgain: true, () => []),
            new("versions", cache.Versions, IsMadeAgain: true, () => FilesIn(cache.Versions).Where(file => !VersionCache.IsSound(file)).Select(file => new CacheFault(file, "is damaged"))),
            new("interpreters", store.Interpreters, IsMadeAgain: true, () => FilesIn(store.Interpreters).Where(InterpreterMemory.IsAboutNothing).Select(file => new CacheFault(file, "is damaged, or about an interpreter that is gone"))),
            new("warm", store.WarmRecords, IsMadeAgain: true, () => FilesIn(store.WarmRecords).Where(file => WarmRecord.EnvironmentIn(file) is null).Select(file => new CacheFault(file, "is damaged"))),
            new("catalogue", catalogue.Path, IsMadeAgain: false, () => CheckCatalogue(catalogue)),
            .. OtherStores(store).Select(path => new CacheKind("store " + Path.GetFileName(path), path, IsMadeAgain: false, () => [])),
        ]);
    }

    /// <summary>Stores of other versions of ours, which only they understand: what they occupy is told, and they are left alone.</summary>
    private static IEnumerable<string> OtherStores(StoreLayout store) => Directory.Exists(store.Root)
        ? Directory.EnumerateDirectories(store.Root, "v*").Where(path => Path.GetFileName(path) is var name && name != StoreLayout.Version && name.Length > 1 && !name.AsSpan(1).ContainsAnyExceptInRange('0', '9')).Order(StringComparer.Ordinal)
        : [];

    private static IEnumerable<string> FilesIn(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory).Where(file => !Path.GetFileName(file).StartsWith('.')) : [];

    private static IEnumerable<string> UnpackedWheels(StoreLayout store) =>
        Directory.Exists(store.Wheels) ? Directory.EnumerateDirectories(store.Wheels).Where(path => WheelCollector.IsDigest(Path.GetFileName(path))) : [];

    private static IEnumerable<CacheFault> CheckWheel(string path)
    {
        // What a wheel is called where it comes from is not kept with it, and its files do not depend on that.
        if (!WheelFileName.TryParse("any-0-py3-none-any.whl", out WheelFileName? name, out _) || UnpackedWheel.Load(path, name, path, location: null) is not { } wheel) return [new(path, "is damaged")];
        if (wheel.FindDamage() is { } damage) return [new(path, $"is damaged: {damage}")];
        string codes = Path.Combine(path, "bytecode");
        return Directory.Exists(codes) ? Directory.EnumerateDirectories(codes).Where(code => WheelByteCode.Load(code, new("", "")) is not { } loaded || loaded.FindDamage() is not null).Select(code => new CacheFault(code, "is damaged")) : [];
    }

    private static CacheFault? CheckInstance(string path)
    {
        // What has another name is another program's.
        if (!InstanceId.TryParse(Path.GetFileName(path), out InstanceId id) || !id.HasKnownAlgorithm) return null;
        try
        {
            using FileStream content = File.OpenRead(path);
            HashAlgorithmName algorithm = id.Algorithm == InstanceIdAlgorithm.Sha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
            return CryptographicOperations.HashData(algorithm, content).AsSpan().SequenceEqual(id.Digest) ? null : new(path, "has another content than its name says");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return File.Exists(path) ? new(path, $"cannot be read: {exception.Message}") : null;
        }
    }

    private static IEnumerable<CacheFault> CheckCatalogue(CatalogueStore catalogue) =>
        catalogue.Exists && catalogue.OpenOrBuiltIn().Failure is { } failure ? [new(catalogue.Path, failure.Message)] : [];
}
