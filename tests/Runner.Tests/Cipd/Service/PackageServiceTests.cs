using System.Collections.Immutable;
using VPythonTools.CipdServer;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Cipd.Service;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;
using VPythonTools.Testing;
using Xunit;
using RpcCode = VPythonTools.CipdServer.RpcCode;

namespace VPythonTools.Runner.Tests.Cipd.Service;

public sealed class PackageServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static PackageName Hello => Names.Package("wheels/hello");

    [Fact]
    public async Task A_package_is_resolved_fetched_and_read()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackageService client = shelf.Open();
        PackagePin pin = Outcome.Value(await client.ResolveAsync(Hello, Names.Version("version:1.0"), Stop));
        Assert.Equal(pin, Outcome.Value(await client.ResolveAsync(Hello, Names.Version("latest"), Stop)));
        Assert.Equal(pin, Outcome.Value(await client.ResolveAsync(Hello, CipdVersion.Of(pin.Instance), Stop)));
        using InstanceFile instance = Outcome.Value(await client.FetchAsync(pin, Stop));
        Assert.Null(Assert.Single(Outcome.Value(instance.OpenWheels())).Verify());
        shelf.AssertCacheIsWhole(pin);
        Assert.Equal(Path.Combine(shelf.Cache, "instances", pin.Instance.Value), instance.Path);
    }

    [Fact]
    public async Task Calls_carry_what_the_protocol_wants()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        Outcome.Value(await shelf.Open(("CIPD_HTTP_USER_AGENT_PREFIX", "bot/1")).ResolveAsync(Hello, Names.Version("latest"), Stop));
        RequestRecord call = Assert.Single(shelf.Server.Log.Calls("ResolveVersion"));
        Assert.Equal("application/prpc; encoding=binary", call.Headers["Content-Type"]);
        Assert.Equal("application/prpc; encoding=binary", call.Headers["Accept"]);
        Assert.Equal("33521664", call.Headers["X-Prpc-Max-Response-Size"]);
        Assert.Matches("^[0-9]{1,8}[HMSmun]$", call.Headers["X-Prpc-Grpc-Timeout"]);
        Assert.StartsWith("bot/1/vpython3/", call.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.False(call.HasAuthorization);
    }

    [Fact]
    public async Task A_question_is_asked_once_however_many_ask_it()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackageService client = shelf.Open();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => Outcome.Value(await client.ResolveAsync(Hello, Names.Version("latest"), Stop))));
        Assert.Single(shelf.Server.Log.Calls("ResolveVersion"));
    }

    [Fact]
    public async Task Tags_are_remembered_and_refs_are_not()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        foreach (string version in (string[])["version:1.0", "latest", "version:1.0", "latest"])
            Outcome.Value(await shelf.Open().ResolveAsync(Hello, Names.Version(version), Stop));
        Assert.Equal(3, shelf.Server.Log.Calls("ResolveVersion").Count());
        Outcome.Value(await shelf.Open(trustsEarlierAnswers: false).ResolveAsync(Hello, Names.Version("version:1.0"), Stop));
        Assert.Equal(4, shelf.Server.Log.Calls("ResolveVersion").Count());
    }

    [Fact]
    public async Task A_ref_that_moved_is_seen_at_once()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackagePin first = Outcome.Value(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop));
        PackagePin second = shelf.Add("wheels/hello", "hello", "2.0");
        Assert.NotEqual(first, second);
        Assert.Equal(second, Outcome.Value(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop)));
    }

    [Fact]
    public async Task Without_a_network_what_is_known_is_used_and_the_rest_refused()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackageService online = shelf.Open();
        PackagePin pin = Outcome.Value(await online.ResolveAsync(Hello, Names.Version("version:1.0"), Stop));
        Outcome.Value(await online.ResolveAsync(Hello, Names.Version("latest"), Stop));
        Outcome.Value(await online.FetchAsync(pin, Stop)).Dispose();
        int before = shelf.Server.Log.Requests.Count;

        PackageService offline = shelf.Open(("CIPD_DISABLE_NETWORK", "1"));
        Assert.Equal(pin, Outcome.Value(await offline.ResolveAsync(Hello, Names.Version("version:1.0"), Stop)));
        Assert.Equal(pin, Outcome.Value(await offline.ResolveAsync(Hello, Names.Version("latest"), Stop)));
        Outcome.Value(await offline.FetchAsync(pin, Stop)).Dispose();
        Outcome.Failure(await offline.ResolveAsync(Hello, Names.Version("version:2.0"), Stop), "VPY3134", "CIPD_DISABLE_NETWORK is set");
        Outcome.Failure(await offline.FetchAsync(new(Hello, Other), Stop), "VPY3134", "is not in the cache");
        Assert.Equal(before, shelf.Server.Log.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_is_gone_is_said_to_be_and_a_ref_is_what_it_was()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        string url = shelf.Server.Url;
        PackagePin pin = Outcome.Value(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop));
        await shelf.Server.DisposeAsync();
        PackageService alone = Outcome.Value(shelf.TryOpen(url, trustsEarlierAnswers: true));
        Assert.Equal(pin, Outcome.Value(await alone.ResolveAsync(Hello, Names.Version("latest"), Stop)));
        Assert.NotNull(Outcome.Failure(await alone.ResolveAsync(Hello, Names.Version("version:9"), Stop), "VPY3135", "refuses connections").NextStep);
    }

    [Fact]
    public async Task Whoever_trusts_no_earlier_answer_gets_none_without_the_service()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        string url = shelf.Server.Url;
        PackagePin pin = Outcome.Value(await shelf.Open().ResolveAsync(Hello, Names.Version("version:1.0"), Stop));
        Outcome.Value(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop));
        Outcome.Value(await shelf.Open().FetchAsync(pin, Stop)).Dispose();
        await shelf.Server.DisposeAsync();
        PackageService offline = Outcome.Value(shelf.TryOpen(url, trustsEarlierAnswers: false, ("CIPD_DISABLE_NETWORK", "1")));
        PackageService alone = Outcome.Value(shelf.TryOpen(url, trustsEarlierAnswers: false));
        foreach (string version in (string[])["version:1.0", "latest", pin.Instance.Value])
        {
            Outcome.Failure(await offline.ResolveAsync(Hello, Names.Version(version), Stop), "VPY3134", $"the version '{version}' of the package 'wheels/hello' is not in the cache");
            Outcome.Failure(await alone.ResolveAsync(Hello, Names.Version(version), Stop), "VPY3135", "refuses connections");
        }
    }

    [Theory]
    [InlineData("CIPD_CACHE_DIR", true)]
    [InlineData("CIPD_CACHE_DIR", false)]
    [InlineData("CIPD_READ_ONLY_CACHE_DIR", true)]
    [InlineData("CIPD_READ_ONLY_CACHE_DIR", false)]
    public async Task An_instance_ID_whose_file_is_at_hand_needs_no_service(string variable, bool isOffline)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        string url = shelf.Server.Url;
        PackagePin pin = Outcome.Value(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop));
        Outcome.Value(await shelf.Open().FetchAsync(pin, Stop)).Dispose();
        string cache = shelf.Combine("filled");
        Directory.Move(shelf.Cache, cache);
        Directory.Delete(Path.Combine(cache, "vpython3"), recursive: true);
        await shelf.Server.DisposeAsync();
        PackageService client = Outcome.Value(shelf.TryOpen(url, true, (variable, cache), ("CIPD_DISABLE_NETWORK", isOffline ? "1" : "0")));
        Assert.Equal(pin, Outcome.Value(await client.ResolveAsync(Hello, CipdVersion.Of(pin.Instance), Stop)));
        Outcome.Value(await client.FetchAsync(pin, Stop)).Dispose();
        Outcome.Failure(await client.ResolveAsync(Hello, CipdVersion.Of(Other), Stop), isOffline ? "VPY3134" : "VPY3135", "");
        PackagePin elsewhere = Outcome.Value(await client.ResolveAsync(Names.Package("wheels/other"), CipdVersion.Of(pin.Instance), Stop));
        Outcome.Failure(await client.FetchAsync(elsewhere, Stop), "VPY3112", "was built as the package 'wheels/hello'");
    }

    [Fact]
    public async Task A_tag_that_was_moved_from_an_instance_that_is_gone_is_asked_for_anew()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        CipdVersion tag = Names.Version("version:1.0");
        PackagePin old = Outcome.Value(await shelf.Open().ResolveAsync(Hello, tag, Stop));
        Directory.Delete(shelf.Packages, recursive: true);
        PackagePin next = shelf.Add("wheels/hello", "hello", "1.0", size: 1000);
        Assert.NotEqual(old, next);

        PackageService client = shelf.Open();
        Assert.Equal(old, Outcome.Value(await client.ResolveAsync(Hello, tag, Stop)));
        Outcome.Failure(await client.FetchAsync(old, Stop), "VPY3143", $"it names {next.Instance} now");
        Assert.Equal(next, Outcome.Value(await client.ResolveAsync(Hello, tag, Stop)));
        Assert.Equal(next, Outcome.Value(await shelf.Open().ResolveAsync(Hello, tag, Stop)));
        Outcome.Value(await shelf.Open().FetchAsync(next, Stop)).Dispose();
    }

    [Fact]
    public async Task A_name_without_an_address_is_said_to_be_one()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackageService client = Outcome.Value(shelf.TryOpen("https://cipd.invalid", trustsEarlierAnswers: true));
        Failure failure = Outcome.Failure(await client.ResolveAsync(Hello, Names.Version("latest"), Stop), "VPY3135", "cipd.invalid");
        Assert.Contains("cannot be resolved", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackageService client = Outcome.Value(shelf.TryOpen("https://cipd.invalid", trustsEarlierAnswers: true, ("HTTPS_PROXY", "http://127.0.0.1:1")));
        Failure failure = Outcome.Failure(await client.ResolveAsync(Hello, Names.Version("latest"), Stop), "VPY3135", "the proxy 127.0.0.1:1");
        Assert.Contains("HTTPS_PROXY", failure.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_refused_unless_it_is_named()
    {
        using LoopbackAuthority authority = LoopbackAuthority.Create();
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync(options => options with { Certificate = authority.Certificate });
        Failure failure = Outcome.Failure(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop), "VPY3135", "no trusted connection");
        Assert.Contains("SSL_CERT_FILE", failure.NextStep, StringComparison.Ordinal);

        PackageService trusting = shelf.Open(("SSL_CERT_FILE", shelf.Write("roots.pem", authority.Pem)));
        PackagePin pin = Outcome.Value(await trusting.ResolveAsync(Hello, Names.Version("latest"), Stop));
        Outcome.Value(await trusting.FetchAsync(pin, Stop)).Dispose();
        Assert.Contains(shelf.Server.Log.Requests, request => request.Protocol == "HTTP/2");
    }

    [Theory]
    [InlineData(RpcCode.Unavailable)]
    [InlineData(RpcCode.Internal)]
    [InlineData(RpcCode.Unknown)]
    public async Task Passing_errors_are_asked_through(RpcCode code)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.RpcCode = new(code, 3);
        Outcome.Value(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop));
        Assert.Equal(4, shelf.Server.Log.Calls("ResolveVersion").Count());
    }

    [Theory]
    [InlineData(RpcCode.ResourceExhausted)]
    [InlineData(RpcCode.InvalidArgument)]
    [InlineData(RpcCode.Unimplemented)]
    public async Task Lasting_errors_are_told_at_once(RpcCode code)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.RpcCode = new(code);
        Outcome.Failure(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop), "VPY3138", $"{code}");
        Assert.Single(shelf.Server.Log.Calls("ResolveVersion"));
    }

    [Theory]
    [InlineData(502, true)]
    [InlineData(503, false)]
    [InlineData(500, true)]
    public async Task A_gateway_that_fails_for_a_while_is_waited_for(int status, bool isPage)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.RpcHttpStatus = new(status, 2);
        shelf.Server.Faults.RpcHtml = isPage;
        Outcome.Value(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop));
    }

    [Fact]
    public async Task A_gateway_that_fails_for_good_is_quoted_without_its_markup()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.RpcHttpStatus = new(404);
        shelf.Server.Faults.RpcHtml = true;
        Failure failure = Outcome.Failure(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop), "VPY3138", "HTTP 404");
        Assert.DoesNotContain('<', failure.Message);
        Assert.Single(shelf.Server.Log.Calls("ResolveVersion"));
    }

    [Fact]
    public async Task Connections_that_are_reset_and_answers_that_are_cut_are_asked_for_again()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.RpcReset = new(true, 1);
        shelf.Server.Faults.RpcTruncated = new(5, 1);
        Outcome.Value(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop));
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_refused_without_asking_again()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.RpcHuge = new(PrpcClient.LargestAnswer + 1000);
        Outcome.Failure(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop), "VPY3138", "larger than");
        Assert.Single(shelf.Server.Log.Calls("ResolveVersion"));
    }

    [Fact]
    public async Task An_answer_in_another_format_is_none()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.RpcContentType = new("text/html");
        Outcome.Failure(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop), "VPY3138", "in a format that was not asked for");
    }

    [Theory]
    [InlineData(415)]
    [InlineData(406)]
    public async Task Where_binary_is_refused_JSON_is_spoken(int status)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.RpcHttpStatus = new(status, 1);
        PackageService client = shelf.Open();
        PackagePin pin = Outcome.Value(await client.ResolveAsync(Hello, Names.Version("latest"), Stop));
        InstanceDescription description = Outcome.Value(await client.DescribeAsync(pin, Stop));
        Assert.Equal(["version:1.0"], description.Tags);
        Assert.NotNull(description.RegisteredAt);
        Assert.Equal("application/json", shelf.Server.Log.Calls("DescribeInstance").Single().Headers["Content-Type"]);
    }

    [Fact]
    public async Task Details_that_are_malformed_change_nothing()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.RpcMalformedDetails = true;
        Outcome.Failure(await shelf.Open().ResolveAsync(Hello, Names.Version("version:2.0"), Stop), "VPY3102", "version:2.0");
    }

    [Fact]
    public async Task What_is_missing_is_answered_with_what_is_there()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Add("wheels/tool/linux-amd64_cp311_cp311", "tool", "1.0");
        PackageService client = shelf.Open();
        Assert.Equal("did you mean 'version:1.0'?", Outcome.Failure(await client.ResolveAsync(Hello, Names.Version("version:1.1"), Stop), "VPY3102", "No instance").NextStep);
        Assert.Equal("the package has the refs latest", Outcome.Failure(await client.ResolveAsync(Hello, Names.Version("canary"), Stop), "VPY3104", "no ref 'canary'").NextStep);
        Assert.StartsWith(
            "did you mean 'wheels/hello'",
            Outcome.Failure(await client.ResolveAsync(Names.Package("wheels/helo"), Names.Version("latest"), Stop), "VPY3101", "wheels/helo").NextStep,
            StringComparison.Ordinal);
        Assert.Contains(
            "linux-amd64_cp311_cp311",
            Outcome.Failure(await client.ResolveAsync(Names.Package("wheels/tool/windows-386_cp38_cp38"), Names.Version("latest"), Stop), "VPY3101", "windows-386").NextStep,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_of_two_instances_names_neither()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.AmbiguousTags = true;
        Outcome.Failure(await shelf.Open().ResolveAsync(Hello, Names.Version("version:1.0"), Stop), "VPY3103", "several instances");
    }

    [Fact]
    public async Task A_hash_that_cannot_be_checked_is_not_fetched()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.UnknownAlgorithm = true;
        PackageService client = shelf.Open();
        PackagePin pin = Outcome.Value(await client.ResolveAsync(Hello, Names.Version("latest"), Stop));
        Outcome.Failure(await client.FetchAsync(pin, Stop), "VPY3106", "cannot be checked");
        Assert.Empty(shelf.Server.Log.Calls("GetInstanceURL"));
    }

    [Fact]
    public async Task A_redirected_call_takes_no_token_along()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.RpcRedirect = new(true);
        Failure failure = Outcome.Failure(await shelf.Open().ResolveAsync(Hello, Names.Version("latest"), Stop), "VPY3138", "HTTP 30");
        Assert.NotNull(failure.NextStep);
        Assert.Single(shelf.Server.Log.Requests.Select(request => request.Host).Distinct());
    }

    [Fact]
    public async Task Everything_below_a_prefix_is_listed_and_described()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Add("wheels/tool/linux-amd64", "tool", "1.0");
        shelf.Add("wheels/hello", "hello", "2.0");
        foreach (IPackageSource source in (IPackageSource[])[shelf.Open(), Outcome.Value(PackageDirectory.Open(shelf.Packages))])
        {
            PrefixListing next = Outcome.Value(await source.ListAsync("wheels", false, Stop));
            Assert.Equal(["wheels/hello"], next.Packages);
            Assert.Equal(["wheels/tool"], next.Prefixes);
            Assert.Equal(["wheels/hello", "wheels/tool/linux-amd64"], Outcome.Value(await source.ListAsync("", true, Stop)).Packages);
            Assert.Empty(Outcome.Value(await source.ListAsync("nothing", true, Stop)).Packages);

            var listing = new PackageListing(source);
            ImmutableArray<PackageName> names = Outcome.Value(await listing.NamesAsync(["wheels", "wheels/tool"], Stop));
            Assert.Equal(["wheels/hello", "wheels/tool/linux-amd64"], names.Select(name => name.Value));
            var tags = new Dictionary<string, string>();
            await foreach ((PackageName name, Result<ImmutableArray<InstanceDescription>> instances) in listing.DescribeAsync(names, Stop))
                tags.Add(name.Value, string.Join(' ', Outcome.Value(instances).SelectMany(instance => instance.Tags).Order(StringComparer.Ordinal)));
            Assert.Equal("version:1.0 version:2.0", tags["wheels/hello"]);
            Assert.Equal("version:1.0", tags["wheels/tool/linux-amd64"]);
            Assert.Single(Outcome.Value(await source.ListInstancesAsync(Hello, 1, Stop)));
            Outcome.Failure(await source.ListInstancesAsync(Names.Package("wheels/none"), 1, Stop), "VPY3101", "wheels/none");

            InstanceDescription found = Assert.Single(Outcome.Value(await source.SearchAsync(Hello, [Names.Version("version:1.0")], 10, Stop)));
            Assert.Equal(Outcome.Value(await source.ResolveAsync(Hello, Names.Version("version:1.0"), Stop)), found.Pin);
            Assert.Empty(Outcome.Value(await source.SearchAsync(Hello, [Names.Version("version:1.0"), Names.Version("version:2.0")], 10, Stop)));
            Outcome.Failure(await source.SearchAsync(Names.Package("wheels/none"), [Names.Version("version:1.0")], 10, Stop), "VPY3101", "wheels/none");
            PackageRef latest = Assert.Single(Outcome.Value(await source.ListRefsAsync(Hello, Stop)));
            Assert.Equal(("latest", Outcome.Value(await source.ResolveAsync(Hello, Names.Version("version:2.0"), Stop))), (latest.Name, latest.Pin));
            Outcome.Failure(await source.ListRefsAsync(Names.Package("wheels/none"), Stop), "VPY3101", "wheels/none");
        }
    }

    [Fact]
    public async Task Everything_goes_through_the_socket_of_a_CIPD_proxy_without_credentials()
    {
        using var directory = new TemporaryDirectory();
        string socket = directory.Combine("proxy");
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync(options => options with { Socket = socket });
        PackageService client = Outcome.Value(shelf.TryOpen("https://cipd.invalid", true, ("CIPD_PROXY_URL", $"unix://{socket}"), ("LUCI_AUTH_CREDENTIAL_HELPER", "/nowhere"), ("HTTPS_PROXY", "http://127.0.0.1:1")));
        PackagePin pin = Outcome.Value(await client.ResolveAsync(Hello, Names.Version("latest"), Stop));
        Outcome.Value(await client.FetchAsync(pin, Stop)).Dispose();
        Assert.All(shelf.Server.Log.Requests, request => Assert.False(request.HasAuthorization));
        Assert.Equal("cipd.invalid", shelf.Server.Log.Calls("ResolveVersion").Single().Host);
        Assert.Equal("close", shelf.Server.Log.Calls("ResolveVersion").Single().Headers["Connection"], ignoreCase: true);

        PackageService lost = Outcome.Value(shelf.TryOpen("https://cipd.invalid", false, ("CIPD_PROXY_URL", $"unix://{socket}.none")));
        Outcome.Failure(await lost.ResolveAsync(Hello, Names.Version("version:9"), Stop), "VPY3135", "CIPD_PROXY_URL");
    }

    [Fact]
    public async Task An_instance_of_another_package_is_refused()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        string index = Path.Combine(shelf.Packages, "packages.json");
        File.WriteAllText(index, File.ReadAllText(index).Replace("wheels/hello", "wheels/other", StringComparison.Ordinal));
        PackageService client = shelf.Open();
        PackagePin pin = Outcome.Value(await client.ResolveAsync(Names.Package("wheels/other"), Names.Version("latest"), Stop));
        Outcome.Failure(await client.FetchAsync(pin, Stop), "VPY3112", "was built as the package 'wheels/hello'");
    }

    private static InstanceId Other => InstanceId.FromSha256(new byte[32]);
}
