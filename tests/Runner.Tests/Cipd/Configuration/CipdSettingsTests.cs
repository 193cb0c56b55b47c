using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd.Configuration;

public sealed class CipdSettingsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_is_not_set_is_as_in_CIPDs_client()
    {
        CipdSettings settings = Outcome.Value(Read());
        Assert.Equal(_directory.Combine("root", "cipd"), settings.CacheDirectory);
        Assert.Equal((null, null, false, 4, null), (settings.ReadOnlyCacheDirectory, settings.ProxySocket, settings.IsOffline, settings.ParallelDownloads, settings.AdmissionPlugin));
    }

    [Fact]
    public void Every_variable_counts()
    {
        CipdSettings settings = Outcome.Value(Read(
            "CIPD_CACHE_DIR=/cache", "CIPD_READ_ONLY_CACHE_DIR=/shared", "CIPD_PROXY_URL=unix:///run/proxy", "CIPD_DISABLE_NETWORK=true", "CIPD_PARALLEL_DOWNLOADS=9", "CIPD_HTTP_USER_AGENT_PREFIX=bot"));
        Assert.Equal(("/cache", "/shared", "/run/proxy", true, 9), (settings.CacheDirectory, settings.ReadOnlyCacheDirectory, settings.ProxySocket, settings.IsOffline, settings.ParallelDownloads));
        Assert.StartsWith("bot/vpython3/", settings.UserAgent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CIPD_CACHE_DIR=relative", "is not an absolute path")]
    [InlineData("CIPD_READ_ONLY_CACHE_DIR=relative", "is not an absolute path")]
    [InlineData("CIPD_PROXY_URL=http://host", "is not unix:///path")]
    [InlineData("CIPD_PARALLEL_DOWNLOADS=many", "is not a number")]
    [InlineData("CIPD_CONFIG_FILE=relative", "is not an absolute path")]
    [InlineData("CIPD_HTTP_USER_AGENT_PREFIX=a\nb", "no header can carry")]
    public void A_value_that_cannot_be_is_refused(string entry, string reason) => Assert.NotNull(Outcome.Failure(Read(entry), "VPY3130", reason).NextStep);

    [Fact]
    public void Both_caches_are_two() => Outcome.Failure(Read("CIPD_CACHE_DIR=/a", "CIPD_READ_ONLY_CACHE_DIR=/a/../a"), "VPY3130", "the same directory");

    [Fact]
    public void A_cache_that_others_fill_is_not_the_one_that_is_written_where_no_variable_names_it() =>
        Outcome.Failure(Read($"CIPD_READ_ONLY_CACHE_DIR={_directory.Combine("root", "cipd")}/"), "VPY3130", "the same directory");

    [Fact]
    public void A_proxy_that_cannot_be_read_is_not_gone_around() => Outcome.Failure(Read("HTTPS_PROXY=:::"), "VPY3130", "HTTPS_PROXY");

    [Theory]
    [InlineData("plugins { admission { cmd: \"checker\" args: \"-x\" } }", true)]
    [InlineData("plugins: < admission: < cmd: 'checker' > >", true)]
    [InlineData("unknown { field: 1 }\nplugins { other: 2 admission {} }", false)]
    [InlineData("", false)]
    public void The_file_is_asked_for_an_admission_plugin(string content, bool hasPlugin)
    {
        string path = _directory.Write("cipd.cfg", content);
        Assert.Equal(hasPlugin ? path : null, Outcome.Value(Read($"CIPD_CONFIG_FILE={path}")).AdmissionPlugin);
    }

    [Fact]
    public void A_file_that_cannot_be_understood_stops_everything()
    {
        string path = _directory.Write("cipd.cfg", "plugins {\n  admission {{\n");
        Assert.StartsWith(path + ":1:9", Outcome.Failure(Read($"CIPD_CONFIG_FILE={path}"), "VPY3131", "cannot be used").Location, StringComparison.Ordinal);
        Outcome.Failure(Read($"CIPD_CONFIG_FILE={path}.none"), "VPY3131", "cannot be used");
        Outcome.Failure(Read($"CIPD_CONFIG_FILE={_directory.Path}"), "VPY3131", "it is a directory");
    }

    [Fact]
    public void A_variable_can_name_the_plugin() => Assert.Equal("CIPD_ADMISSION_PLUGIN", Outcome.Value(Read("CIPD_ADMISSION_PLUGIN=[\"x\"]")).AdmissionPlugin);

    [Theory]
    [InlineData("https://chrome-infra-packages.appspot.com", "https://chrome-infra-packages.appspot.com")]
    [InlineData("https://host:8443/", "https://host:8443")]
    [InlineData("http://127.0.0.1:80", "http://127.0.0.1")]
    public void An_address_is_a_scheme_and_a_host(string text, string expected)
    {
        Assert.True(ServiceAddress.TryParse(text, out ServiceAddress? address, out _));
        Assert.Equal(expected, address.ToString());
    }

    [Theory]
    [InlineData("https://host/path", "has a path")]
    [InlineData("https://host/?q", "has a path")]
    [InlineData("https://user:pass@host", "credentials are never part")]
    [InlineData("ftp://host", "has the scheme 'ftp'")]
    [InlineData("https://", "is no URL")]
    public void What_is_no_address_says_why(string text, string reason)
    {
        Assert.False(ServiceAddress.TryParse(text, out _, out string? fault));
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    private Result<CipdSettings> Read(params string[] entries) =>
        CipdSettings.Read(EnvironmentBlock.Of(entries.Any(entry => entry.StartsWith("CIPD_CONFIG_FILE", StringComparison.Ordinal)) ? entries : ["CIPD_CONFIG_FILE=-", .. entries]), _directory.Combine("root"));
}
