using System.Security.Cryptography;
using Google.Protobuf;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd.Caches;

/// <summary>
/// What CIPD's own client wrote into a cache about versions: <c>versioncache.db</c>, which <c>cipd cache-prepare</c> makes, else <c>tagcache.db</c>. Only read; a damaged file is as good as none.
/// </summary>
/// <param name="layout">The cache.</param>
/// <param name="log">Where damage is noted.</param>
internal sealed class ClientVersions(CacheLayout layout, Log log)
{
    private const int LargestFile = 64 << 20;
    private static readonly string[] Files = ["versioncache.db", "tagcache.db"];

    private readonly Lazy<KnownVersions> _known = new(() => Read(layout, log));

    /// <summary>The instance that a version is known to mean; for a ref, that it meant when the cache was filled. Null when that is not known.</summary>
    public InstanceId? Find(ServiceAddress service, PackageName name, CipdVersion version)
    {
        string? found = version.Kind switch
        {
            CipdVersionKind.Tag => _known.Value.Entries.LastOrDefault(tag => tag.Package == name.Value && tag.Tag == version.Value && tag.Service == service.ToString())?.InstanceId,
            CipdVersionKind.Ref => _known.Value.RefEntries.LastOrDefault(known => known.Package == name.Value && known.Ref == version.Value && known.Service == service.ToString())?.InstanceId,
            _ => null,
        };
        return found is not null && InstanceId.TryParse(found, out InstanceId instance) ? instance : null;
    }

    private static KnownVersions Read(CacheLayout layout, Log log)
    {
        foreach (string path in Files.Select(file => Path.Combine(layout.Root, file)).Where(File.Exists))
        {
            try
            {
                byte[] content = RegularFile.ReadAll(path);
                if (content.Length > LargestFile) continue;
                var envelope = HashedBlob.Parser.ParseFrom(content);
                if (SHA256.HashData(envelope.Blob.Span).AsSpan().SequenceEqual(envelope.Sha256.Span)) return KnownVersions.Parser.ParseFrom(envelope.Blob);
                log.Warning($"the file '{path}' in the cache is damaged and is passed over");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
            {
                log.Warning($"the file '{path}' in the cache is passed over: {exception.Message}");
            }
        }
        return new();
    }
}
