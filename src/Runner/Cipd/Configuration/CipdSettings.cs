using System.Collections.Immutable;
using System.Globalization;
using VPythonTools.Runner.Cipd.Network;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.Runner.Cipd.Configuration;

/// <summary>What the variables of CIPD's client say, and its configuration file, as far as they concern a client that fetches packages.</summary>
public sealed record CipdSettings
{
    private const int DefaultParallelDownloads = 4;
    private const int MostParallelDownloads = 64;

    private CipdSettings(EnvironmentBlock environment, string cacheDirectory)
    {
        Environment = environment;
        CacheDirectory = cacheDirectory;
    }

    /// <summary>The variables that the caller gave.</summary>
    public EnvironmentBlock Environment { get; }

    /// <summary><c>CIPD_CACHE_DIR</c>, else <c>cipd</c> in the environment root: where instances are kept, in the layout of CIPD's client.</summary>
    public string CacheDirectory { get; }

    /// <summary><c>CIPD_READ_ONLY_CACHE_DIR</c>: a cache that others fill; looked into first and never written. Null when there is none.</summary>
    public string? ReadOnlyCacheDirectory { get; private init; }

    /// <summary><c>CIPD_PROXY_URL</c>: the Unix socket of a CIPD proxy, to which everything goes, without credentials. Null when there is none.</summary>
    public string? ProxySocket { get; private init; }

    /// <summary><c>CIPD_DISABLE_NETWORK</c>: only caches and directories are used.</summary>
    public bool IsOffline { get; private init; }

    /// <summary><c>CIPD_PARALLEL_DOWNLOADS</c>: how many bodies are read at once.</summary>
    public int ParallelDownloads { get; private init; } = DefaultParallelDownloads;

    /// <summary>The <c>User-Agent</c>, with <c>CIPD_HTTP_USER_AGENT_PREFIX</c> before it.</summary>
    public string UserAgent { get; private init; } = OwnUserAgent;

    /// <summary>What names an admission plugin: a variable or a file; null when there is none. Only CIPD's client can ask it.</summary>
    public string? AdmissionPlugin { get; private init; }

    private static string OwnUserAgent =>
        $"vpython3/{typeof(CipdSettings).Assembly.GetName().Version!.ToString(3)} ({CipdPlatform.Current})";

    /// <summary>Reads the variables and the configuration file; a failure when one of them says what cannot be.</summary>
    /// <param name="environment">The caller's variables.</param>
    /// <param name="root">The environment root, in which the cache is unless another one is named.</param>
    public static Result<CipdSettings> Read(EnvironmentBlock environment, string root)
    {
        foreach (string variable in (ImmutableArray<string>)["CIPD_CACHE_DIR", "CIPD_READ_ONLY_CACHE_DIR", "CIPD_CONFIG_FILE", "CIPD_PROXY_URL"])
        {
            if (environment.NonEmpty(variable) is { } value && NativeText.HasEscapes(value)) return Wrong(variable, "is not UTF-8");
        }
        string? cache = environment.NonEmpty("CIPD_CACHE_DIR");
        string? readOnlyCache = environment.NonEmpty("CIPD_READ_ONLY_CACHE_DIR");
        if (cache is not null && !Path.IsPathFullyQualified(cache)) return Wrong("CIPD_CACHE_DIR", $"is not an absolute path: '{cache}'");
        if (readOnlyCache is not null && !Path.IsPathFullyQualified(readOnlyCache)) return Wrong("CIPD_READ_ONLY_CACHE_DIR", $"is not an absolute path: '{readOnlyCache}'");
        cache = Whole(cache ?? Path.Combine(root, "cipd"));
        if (readOnlyCache is not null && cache == Whole(readOnlyCache))
            return Wrong("CIPD_READ_ONLY_CACHE_DIR", $"and the cache that is written (CIPD_CACHE_DIR, else cipd in the environment root) are the same directory: '{cache}'");

        string? socket = null;
        if (environment.NonEmpty("CIPD_PROXY_URL") is { } proxy)
        {
            const string scheme = "unix://";
            if (!proxy.StartsWith(scheme + "/", StringComparison.Ordinal)) return Wrong("CIPD_PROXY_URL", $"is not unix:///path: '{AddressText.Of(proxy)}'");
            socket = proxy[scheme.Length..];
        }
        else if (EnvironmentProxy.Check(environment) is { } wrongProxy)
        {
            return wrongProxy;
        }
        int downloads = DefaultParallelDownloads;
        if (environment.NonEmpty("CIPD_PARALLEL_DOWNLOADS") is { } number)
        {
            if (!int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out downloads)) return Wrong("CIPD_PARALLEL_DOWNLOADS", $"is not a number: '{number}'");
            downloads = Math.Clamp(downloads, 1, MostParallelDownloads);
        }
        string? plugin = environment.NonEmpty("CIPD_ADMISSION_PLUGIN") is null ? null : "CIPD_ADMISSION_PLUGIN";
        if (!CipdConfigurationFile.FindAdmissionPlugin(environment).TryGet(out CipdConfigurationFile? file, out Failure? failure)) return failure;
        string? prefix = environment.NonEmpty("CIPD_HTTP_USER_AGENT_PREFIX");
        if (prefix is not null && prefix.Any(character => character is < ' ' or > '~')) return Wrong("CIPD_HTTP_USER_AGENT_PREFIX", "has characters that no header can carry");
        return new CipdSettings(environment, cache)
        {
            ReadOnlyCacheDirectory = readOnlyCache,
            ProxySocket = socket,
            IsOffline = environment["CIPD_DISABLE_NETWORK"] is "1" or "true",
            ParallelDownloads = downloads,
            AdmissionPlugin = plugin ?? file.AdmissionPlugin,
            UserAgent = prefix is null ? OwnUserAgent : $"{prefix}/{OwnUserAgent}",
        };
    }

    private static string Whole(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static Failure Wrong(string variable, string problem) => new("VPY3130", $"{variable} {problem}") { NextStep = "correct the variable, or unset it" };
}
