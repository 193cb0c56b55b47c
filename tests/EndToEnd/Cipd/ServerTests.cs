using System.IO.Compression;
using System.Text;
using System.Text.Json;
using VPythonTools.CipdServer;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>The server that clients are tested against: what it says is what the real service says.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private static readonly (string, string)[] Json = [("Content-Type", "application/json"), ("Accept", "application/json")];

    private readonly InstanceShelf _shelf = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private LoopbackServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await LoopbackServer.StartAsync(new ServerOptions(_shelf.Path));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        _shelf.Dispose();
        Assert.Empty(_server.Errors);
    }

    [Fact]
    public async Task Binary_messages_are_those_of_the_protobuf_compiler()
    {
        string id = _shelf.Add("a/b", ["version:1.0", "latest"]);
        Answer answer = await Answer.OfAsync(_http, Rpc("ResolveVersion"), WireOracle.Encode("cipd.ResolveVersionRequest", "package: 'a/b' version: 'version:1.0'"));
        Assert.Equal((200, 0), (answer.Status, answer.Code));
        Assert.Equal("application/prpc; encoding=binary", answer.Headers.ContentType!.ToString());
        Assert.Equal(
            $$"""
            package: "a/b"
            instance {
              hash_algo: SHA256
              hex_digest: "{{Hex(id)}}"
            }
            registered_by: "user:packager@example.com"
            registered_ts {
              seconds: 1767225600
            }

            """,
            WireOracle.Decode("cipd.Instance", answer.Body));

        byte[] request = WireOracle.Encode("cipd.DescribeInstanceRequest", $"package: 'a/b' instance < hash_algo: SHA256 hex_digest: '{Hex(id)}' > describe_refs: true describe_tags: true");
        string described = WireOracle.Decode("cipd.DescribeInstanceResponse", (await Answer.OfAsync(_http, Rpc("DescribeInstance"), request)).Body);
        Assert.Contains("refs {\n  name: \"latest\"\n  package: \"a/b\"\n", described, StringComparison.Ordinal);
        Assert.Contains("tags {\n  key: \"version\"\n  value: \"1.0\"\n", described, StringComparison.Ordinal);
    }

    [Fact]
    public void Curl_gets_json_behind_a_line_that_no_browser_runs()
    {
        string id = _shelf.Add("a/b", ["latest"]);
        string[] arguments =
        [
            "-s", "-i", "-H", "Content-Type: application/json", "-H", "Accept: application/json", "-d", "{\"package\": \"a/b\", \"version\": \"latest\", \"unknown\": [1]}", Rpc("ResolveVersion"),
        ];
        string[] parts = Curl(arguments).Output.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n");
        Assert.Contains("\nX-Prpc-Grpc-Code: 0\n", parts[0] + "\n", StringComparison.Ordinal);
        Assert.Contains("\nX-Content-Type-Options: nosniff\n", parts[0] + "\n", StringComparison.Ordinal);
        Assert.Contains("\nContent-Type: application/json\n", parts[0] + "\n", StringComparison.Ordinal);
        Assert.StartsWith(")]}'\n{", parts[1], StringComparison.Ordinal);
        Assert.EndsWith("}\n", parts[1], StringComparison.Ordinal);
        JsonElement instance = JsonDocument.Parse(parts[1][5..]).RootElement;
        Assert.Equal("SHA256", instance.GetProperty("instance").GetProperty("hashAlgo").GetString());
        Assert.Equal(Hex(id), instance.GetProperty("instance").GetProperty("hexDigest").GetString());
        Assert.Equal("2026-01-01T00:00:00Z", instance.GetProperty("registeredTs").GetString());
    }

    [Theory]
    [InlineData("", "", "application/prpc; encoding=binary")]
    [InlineData("application/prpc", "application/prpc", "application/prpc; encoding=binary")]
    [InlineData("application/prpc; encoding=binary", "application/prpc; encoding=json", "application/json")]
    [InlineData("application/grpc", "*/*", "application/prpc; encoding=binary")]
    [InlineData("", "application/json;q=0.5, application/prpc;q=0.4", "application/json")]
    [InlineData("", "text/html, application/json;q=0.1", "application/json")]
    [InlineData("", "application/json;q=0, application/*;q=0.1", "application/prpc; encoding=binary")]
    public async Task The_answer_is_in_the_form_that_is_accepted(string contentType, string accept, string expected)
    {
        Answer answer = await Answer.OfAsync(_http, Rpc("ListPrefix"), [], ("Content-Type", contentType), ("Accept", accept));
        Assert.Equal((200, 0), (answer.Status, answer.Code));
        Assert.Equal(expected, answer.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("text/plain", "", 415)]
    [InlineData("application/prpc; encoding=binary; other=1", "", 415)]
    [InlineData("application/prpc; charset=utf-8", "", 415)]
    [InlineData("", "text/html", 406)]
    [InlineData("", "application/json;q=0", 406)]
    public async Task What_cannot_be_read_or_written_is_refused(string contentType, string accept, int status)
    {
        Answer answer = await Answer.OfAsync(_http, Rpc("ListPrefix"), [], ("Content-Type", contentType), ("Accept", accept));
        Assert.Equal((status, 3), (answer.Status, answer.Code));
        Assert.Equal("text/plain; charset=utf-8", answer.Headers.ContentType!.ToString());
        Assert.EndsWith("\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_that_are_no_messages_are_refused()
    {
        foreach ((byte[] body, (string, string)[] headers) in new[] { ("\xff\xff"u8.ToArray(), []), ("{"u8.ToArray(), Json), ("[]"u8.ToArray(), Json), (new byte[] { (byte)'"', 0xFF, (byte)'"' }, Json) })
        {
            Answer answer = await Answer.OfAsync(_http, Rpc("ListPrefix"), body, headers);
            Assert.Equal((400, 3), (answer.Status, answer.Code));
        }
        Answer packed = await Answer.OfAsync(_http, Rpc("ListPrefix"), [1, 2, 3], ("Content-Encoding", "gzip"));
        Assert.Equal((400, 3), (packed.Status, packed.Code));
    }

    [Theory]
    [InlineData("cipd.Repository/RegisterInstance")]
    [InlineData("cipd.Storage/FinishUpload")]
    [InlineData("cipd.Repository")]
    [InlineData("another.Service/ListPrefix")]
    public async Task Unknown_methods_are_unimplemented(string method)
    {
        Answer answer = await Answer.OfAsync(_http, $"{_server.Url}/prpc/{method}", []);
        Assert.Equal((501, 12), (answer.Status, answer.Code));
        Assert.DoesNotContain(method, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_directions_can_be_compressed()
    {
        for (int number = 0; number < 40; number++) _shelf.Add("a/b", []);
        byte[] request = Compress(WireOracle.Encode("cipd.ListInstancesRequest", "package: 'a/b'"));
        Answer answer = await Answer.OfAsync(_http, Rpc("ListInstances"), request, ("Content-Encoding", "gzip"), ("Accept-Encoding", "gzip"));
        Assert.Equal((200, 0), (answer.Status, answer.Code));
        Assert.Equal(["gzip"], answer.Headers.ContentEncoding);
        string page = WireOracle.Decode("cipd.ListInstancesResponse", Decompress(answer.Body));
        Assert.Equal(40, page.Split("instances {").Length - 1);
        Assert.Empty((await Answer.OfAsync(_http, Rpc("ListInstances"), request, ("Content-Encoding", "gzip"))).Headers.ContentEncoding);
        Assert.Empty((await Answer.OfAsync(_http, Rpc("ListPrefix"), [], ("Accept-Encoding", "gzip"))).Headers.ContentEncoding);
    }

    [Fact]
    public async Task An_answer_that_is_larger_than_the_client_takes_is_not_sent()
    {
        for (int number = 0; number < 5; number++) _shelf.Add("a/b", []);
        byte[] request = WireOracle.Encode("cipd.ListInstancesRequest", "package: 'a/b'");
        byte[] whole = (await Answer.OfAsync(_http, Rpc("ListInstances"), request)).Body;
        Answer fits = await Answer.OfAsync(_http, Rpc("ListInstances"), request, ("X-Prpc-Max-Response-Size", $"{whole.Length}"));
        Assert.Equal(whole, fits.Body);
        Answer tooBig = await Answer.OfAsync(_http, Rpc("ListInstances"), request, ("X-Prpc-Max-Response-Size", $"{whole.Length - 1}"));
        Assert.Equal((503, 14), (tooBig.Status, tooBig.Code));
        string any = WireOracle.Decode("google.protobuf.Any", Convert.FromBase64String(Assert.Single(tooBig.Details)));
        Assert.StartsWith("type_url: \"type.googleapis.com/luci.prpc.ErrorDetails\"\nvalue: ", any, StringComparison.Ordinal);
        byte[] details = WireOracle.Encode("luci.prpc.ErrorDetails", $"response_too_big < response_size: {whole.Length} response_limit: {whole.Length - 1} >");
        Assert.True(Convert.FromBase64String(tooBig.Details[0]).AsSpan().EndsWith(details));
        Answer wrong = await Answer.OfAsync(_http, Rpc("ListInstances"), request, ("X-Prpc-Max-Response-Size", "0"));
        Assert.Equal((400, 3), (wrong.Status, wrong.Code));
    }

    [Fact]
    public async Task A_client_that_does_not_wait_is_told_so()
    {
        _server.Faults.RpcDelay = new(TimeSpan.FromHours(1));
        Answer late = await Answer.OfAsync(_http, Rpc("ListPrefix"), [], ("X-Prpc-Grpc-Timeout", "20m"));
        Assert.Equal((504, 4), (late.Status, late.Code));
        foreach (string bad in (string[])["", "m", "1", "1s", "-1S", "100000000S"])
        {
            Answer answer = await Answer.OfAsync(_http, Rpc("ListPrefix"), [], ("X-Prpc-Grpc-Timeout", bad));
            Assert.Equal((bad, 400, 3), (bad, answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task Pages_are_newest_first_and_lead_to_each_other()
    {
        string[] ids = [.. Enumerable.Range(0, 5).Select(_ => _shelf.Add("a/b", []))];
        _shelf.Add("a/c", []);
        var seen = new List<string>();
        string token = "";
        int pages = 0;
        do
        {
            JsonElement page = await AskAsync("ListInstances", $$"""{"package": "a/b", "pageSize": 2, "pageToken": "{{token}}"}""");
            seen.AddRange(page.GetProperty("instances").EnumerateArray().Select(instance => instance.GetProperty("instance").GetProperty("hexDigest").GetString()!));
            token = page.TryGetProperty("nextPageToken", out JsonElement next) ? next.GetString()! : "";
            pages++;
            if (pages == 1) await AssertRefusedAsync("ListInstances", $$"""{"package": "a/c", "pageToken": "{{token}}"}""", 3, "page_token");
        }
        while (token.Length > 0);
        Assert.Equal(3, pages);
        Assert.Equal(ids.Reverse().Select(Hex), seen);

        JsonElement five = await AskAsync("ListInstances", """{"package": "a/b", "page_size": 5}""");
        Assert.False(five.TryGetProperty("nextPageToken", out _));
        await AssertRefusedAsync("ListInstances", """{"package": "a/b", "pageSize": -1}""", 3, "page_size");
        await AssertRefusedAsync("ListInstances", """{"package": "a/b", "pageToken": "?"}""", 3, "page_token");
        await AssertRefusedAsync("ListInstances", """{"package": "a/nothing"}""", 5, "no such package: a/nothing");
    }

    [Fact]
    public async Task A_page_has_a_hundred_instances_when_nothing_is_said()
    {
        for (int number = 0; number < 101; number++) _shelf.Add("a/b", []);
        JsonElement page = await AskAsync("ListInstances", """{"package": "a/b"}""");
        Assert.Equal(100, page.GetProperty("instances").GetArrayLength());
        JsonElement last = await AskAsync("ListInstances", $$"""{"package": "a/b", "pageToken": "{{page.GetProperty("nextPageToken").GetString()}}"}""");
        Assert.Equal(1, last.GetProperty("instances").GetArrayLength());
    }

    [Fact]
    public async Task A_search_wants_all_tags()
    {
        _shelf.Add("a/b", ["x:1", "y:1"]);
        string both = _shelf.Add("a/b", ["x:1", "y:2"]);
        JsonElement found = await AskAsync("SearchInstances", """{"package": "a/b", "tags": [{"key": "x", "value": "1"}, {"key": "y", "value": "2"}]}""");
        Assert.Equal(Hex(both), Assert.Single(found.GetProperty("instances").EnumerateArray()).GetProperty("instance").GetProperty("hexDigest").GetString());
        await AssertRefusedAsync("SearchInstances", """{"package": "a/b"}""", 3, "tags");
        await AssertRefusedAsync("SearchInstances", """{"package": "a/b", "tags": [{"key": "X", "value": "1"}]}""", 3, "tags");
        await AssertRefusedAsync("SearchInstances", """{"package": "a/c", "tags": [{"key": "x", "value": "1"}]}""", 5, "no such package: a/c");
    }

    [Theory]
    [InlineData("a//b", "latest", 3, "bad 'package'")]
    [InlineData("a/b", "Not A Version", 3, "bad 'version'")]
    [InlineData("a/nothing", "latest", 5, "no such package: a/nothing")]
    [InlineData("a/b", "nothing", 5, "no such ref")]
    [InlineData("a/b", "version:0", 5, "no such tag")]
    [InlineData("a/b", "twice:1", 9, "ambiguity when resolving the tag")]
    [InlineData("a/b", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUC", 5, "no such instance")]
    [InlineData("a/b", "abcdefghijklmnopqrstuvwxyz0-", 3, "abcdefghijklmnopqrstuvwxyz0-")]
    public async Task Versions_that_mean_no_instance_have_codes_and_texts_of_their_own(string package, string version, int code, string text)
    {
        _shelf.Add("a/b", ["twice:1"]);
        _shelf.Add("a/b", ["twice:1", "latest"]);
        await AssertRefusedAsync("ResolveVersion", $$"""{"package": "{{package}}", "version": "{{version}}"}""", code, text);
    }

    [Theory]
    [InlineData("""{"package": "a/b"}""", 3)]
    [InlineData("""{"package": "a/b", "instance": {"hexDigest": "00"}}""", 3)]
    [InlineData("""{"package": "a/b", "instance": {"hashAlgo": 77, "hexDigest": "00"}}""", 3)]
    [InlineData("""{"package": "a/b", "instance": {"hashAlgo": "SHA256", "hexDigest": "00"}}""", 3)]
    [InlineData("""{"package": "a/b", "instance": {"hashAlgo": "SHA256", "hexDigest": "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"}}""", 3)]
    [InlineData("""{"package": "a/b", "instance": {"hashAlgo": "SHA256", "hexDigest": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}""", 5)]
    [InlineData("""{"package": "a/b", "instance": {"hashAlgo": "SHA1", "hexDigest": "da39a3ee5e6b4b0d3255bfef95601890afd80709"}}""", 5)]
    public async Task Instances_that_are_not_there_are_refused_by_every_method_that_takes_one(string request, int code)
    {
        _shelf.Add("a/b", []);
        foreach (string method in (string[])["GetInstanceURL", "DescribeInstance", "ListMetadata"]) await AssertRefusedAsync(method, request, code, "");
    }

    [Fact]
    public async Task What_a_caller_may_not_read_is_as_if_it_were_not_there()
    {
        string id = _shelf.Add("private/b", ["latest"]);
        _shelf.Add("public/b", ["latest"]);
        _server.Access.AllowReading("public", AccessRules.Everybody);
        _server.Access.AllowReading("private", "user:insider@example.com");
        _server.Tokens["in"] = "user:insider@example.com";
        _server.Tokens["out"] = "user:outsider@example.com";

        foreach (string package in (string[])["private/b", "private/nothing", "privateer"])
        {
            string request = $$"""{"package": "{{package}}", "version": "latest"}""";
            await AssertRefusedAsync("ResolveVersion", request, 7, $"prefix \"{package}\" doesn't exist or not visible to unauthenticated callers");
            await AssertRefusedAsync("ResolveVersion", request, 7, $"prefix \"{package}\" doesn't exist or \"user:outsider@example.com\" is not allowed to see it", "out");
        }
        await AssertRefusedAsync("ResolveVersion", """{"package": "private/nothing", "version": "latest"}""", 5, "no such package: private/nothing", "in");
        await AssertRefusedAsync("ResolveVersion", """{"package": "private//b", "version": "latest"}""", 3, "bad 'package'");
        await AssertRefusedAsync("GetInstanceURL", """{"package": "private/b", "instance": {"hashAlgo": 77}}""", 3, "bad 'instance'");
        await AssertRefusedAsync("ListRefs", """{"package": "private/b"}""", 7, "doesn't exist or not visible");
        JsonElement instance = await AskAsync("ResolveVersion", """{"package": "private/b", "version": "latest"}""", "in");
        Assert.Equal(Hex(id), instance.GetProperty("instance").GetProperty("hexDigest").GetString());

        Assert.Equal(["public/b"], Texts(await AskAsync("ListPrefix", """{"recursive": true}"""), "packages"));
        Assert.Equal(["public"], Texts(await AskAsync("ListPrefix", "{}"), "prefixes"));
        Assert.Equal(["private", "public"], Texts(await AskAsync("ListPrefix", "{}", "in"), "prefixes"));
        Assert.Empty(Texts(await AskAsync("ListPrefix", """{"prefix": "private"}"""), "packages"));
        Assert.False((await AskAsync("GetRolesInPrefix", """{"prefix": "private"}""")).TryGetProperty("roles", out _));
        Assert.Single((await AskAsync("GetRolesInPrefix", """{"prefix": "private"}""", "in")).GetProperty("roles").EnumerateArray());
        Answer unknown = await Answer.OfAsync(_http, Rpc("ListPrefix"), [], ("Authorization", "Bearer nobody's"));
        Assert.Equal((401, 16), (unknown.Status, unknown.Code));
    }

    [Fact]
    public async Task A_prefix_has_packages_and_prefixes_sorted()
    {
        foreach (string package in (string[])["a/b/d", "a/b", "a/b/c/e", "a-x", "a/z"]) _shelf.Add(package, []);
        JsonElement direct = await AskAsync("ListPrefix", """{"prefix": "a/"}""");
        Assert.Equal(["a/b", "a/z"], Texts(direct, "packages"));
        Assert.Equal(["a/b"], Texts(direct, "prefixes"));
        JsonElement all = await AskAsync("ListPrefix", """{"prefix": "a", "recursive": true}""");
        Assert.Equal(["a/b", "a/b/c/e", "a/b/d", "a/z"], Texts(all, "packages"));
        Assert.Equal(["a/b", "a/b/c"], Texts(all, "prefixes"));
        await AssertRefusedAsync("ListPrefix", """{"prefix": "a//b"}""", 3, "bad 'prefix'");
    }

    [Fact]
    public async Task Refs_are_newest_first()
    {
        _shelf.Add("a/b", ["old", "latest"]);
        _shelf.Add("a/b", ["latest"]);
        JsonElement refs = await AskAsync("ListRefs", """{"package": "a/b"}""");
        Assert.Equal(["latest", "old"], refs.GetProperty("refs").EnumerateArray().Select(reference => reference.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_download_is_the_file_from_an_url_of_its_own_without_credentials()
    {
        string id = _shelf.Add("a/b", ["latest"], size: 100_000);
        byte[] file = File.ReadAllBytes(_shelf.FileOf(id));
        string first = await UrlAsync(id);
        string second = await UrlAsync(id);
        Assert.NotEqual(first, second);
        ProcessRun run = Curl(["-s", "-S", "-f", "-o", Path.Combine(_shelf.Path, "got"), first]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(file, File.ReadAllBytes(Path.Combine(_shelf.Path, "got")));

        Assert.Equal("400", Status("-H", "Authorization: Bearer x", second));
        Assert.Equal("Bearer x", Assert.Single(_server.Log.Leaks).Headers["authorization"]);
        Assert.Equal("403", Status("-X", "POST", "-d", "", second));
        Assert.Equal("404", Status(_server.Url + "/blob/0123"));
        Assert.Equal(3, _server.Log.Downloads.Count(download => download.Instance == id));
    }

    [Fact]
    public async Task A_download_goes_on_where_it_broke_off()
    {
        string id = _shelf.Add("a/b", [], size: 1000);
        byte[] file = File.ReadAllBytes(_shelf.FileOf(id));
        string url = await UrlAsync(id);
        await AssertRangeAsync("bytes=100-", null, 206, file[100..]);
        await AssertRangeAsync("bytes=100-199", null, 206, file[100..200]);
        await AssertRangeAsync("bytes=-10", null, 206, file[^10..]);
        await AssertRangeAsync("bytes=100-", $"\"{id}\"", 206, file[100..]);
        await AssertRangeAsync("bytes=100-", "\"another\"", 200, file);
        await AssertRangeAsync($"bytes={file.Length}-", null, 416, []);
        _server.Faults.BlobIgnoresRange = true;
        await AssertRangeAsync("bytes=100-", null, 200, file);

        async Task AssertRangeAsync(string range, string? condition, int status, byte[] expected)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Range", range);
            if (condition is not null) request.Headers.TryAddWithoutValidation("If-Range", condition);
            using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(expected, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task An_url_expires()
    {
        string id = _shelf.Add("a/b", []);
        await using LoopbackServer server = await LoopbackServer.StartAsync(new ServerOptions(_shelf.Path) { UrlLifetime = TimeSpan.FromMilliseconds(-1) });
        Answer answer = await Answer.OfAsync(_http, server.Url + "/prpc/cipd.Repository/GetInstanceURL", Encoding.UTF8.GetBytes(RequestFor(id)), Json);
        Assert.Equal("403", Status(JsonDocument.Parse(answer.Text[5..]).RootElement.GetProperty("signedUrl").GetString()!));
    }

    [Fact]
    public void A_plain_address_leads_to_the_download()
    {
        string id = _shelf.Add("a/b", ["latest"]);
        string got = Path.Combine(_shelf.Path, "got");
        Assert.Equal(0, Curl(["-s", "-L", "-f", "-o", got, $"{_server.Url}/dl/a/b/+/latest"]).ExitCode);
        Assert.Equal(File.ReadAllBytes(_shelf.FileOf(id)), File.ReadAllBytes(got));
        Assert.Contains($"X-Cipd-Instance: {id}", Curl(["-s", "-i", $"{_server.Url}/dl/a/b/+/latest"]).Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("404", Status($"{_server.Url}/dl/a/b/+/nothing"));
        Assert.Equal("400", Status($"{_server.Url}/dl/a//b/+/latest"));
        Assert.Equal("404", Status($"{_server.Url}/client?platform=linux-amd64&version=latest"));
        Assert.Equal("404", Status($"{_server.Url}/elsewhere"));
    }

    [Fact]
    public async Task What_is_added_to_the_directory_is_served()
    {
        await AssertRefusedAsync("ListRefs", """{"package": "a/b"}""", 5, "no such package");
        _shelf.Add("a/b", ["latest"]);
        Assert.Single((await AskAsync("ListRefs", """{"package": "a/b"}""")).GetProperty("refs").EnumerateArray());
    }

    [Fact]
    public async Task Http_2_over_tls_needs_the_authority_that_was_made()
    {
        using LoopbackAuthority authority = LoopbackAuthority.Create();
        string file = Path.Combine(_shelf.Path, "authority.pem");
        File.WriteAllText(file, authority.Pem);
        await using LoopbackServer server = await LoopbackServer.StartAsync(new ServerOptions(_shelf.Path) { Certificate = authority.Certificate });
        string url = server.Url + "/prpc/cipd.Repository/ListPrefix";
        ProcessRun trusting = Curl(["-s", "--http2", "--cacert", file, "-H", "Content-Type: application/json", "-d", "{}", "-o", "/dev/null", "-w", "%{http_version} %{http_code}", url]);
        Assert.Equal("2 200", trusting.Output);
        Assert.Equal(60, Curl(["-s", "-d", "{}", url]).ExitCode);
        using LoopbackAuthority expired = LoopbackAuthority.Create(isExpired: true);
        Assert.True(expired.Certificate.NotAfter < DateTime.Now);
    }

    [Fact]
    public async Task A_unix_socket_serves_whatever_host_is_meant()
    {
        using var directory = new TemporaryDirectory();
        string socket = directory.Combine("cipd.socket");
        await using LoopbackServer server = await LoopbackServer.StartAsync(new ServerOptions(_shelf.Path) { Socket = socket });
        ProcessRun run = Curl(["-s", "--unix-socket", socket, "-H", "Content-Type: application/json", "-H", "Accept: application/json", "-d", "{}", "http://chrome-infra-packages.example.com/prpc/cipd.Repository/ListPrefix"]);
        Assert.Equal(")]}'\n{ }\n", run.Output);
        Assert.Equal("chrome-infra-packages.example.com", Assert.Single(server.Log.Requests).Host);
    }

    [Fact]
    public void The_server_runs_as_a_program_and_stops_when_told_to()
    {
        string id = _shelf.Add("a/b", ["latest"]);
        string program = typeof(LoopbackServer).Assembly.Location;
        string context = Path.Combine(_shelf.Path, "luci-context.json");
        const string script =
            """
            mkfifo "$1/out"
            dotnet "$2" --packages "$1" --urls http://127.0.0.1:0 --token t=user:me@example.com --reader a=user:me@example.com --rpc-code 14:1 --local-auth-to "$3" > "$1/out" 2> "$1/err" &
            read -r _ _ url < "$1/out"
            for attempt in 1 2; do curl -s -o /dev/null -w '%{http_code} ' -H 'Authorization: Bearer t' -H 'Content-Type: application/json' -d '{"package": "a/b", "version": "latest"}' "$url/prpc/cipd.Repository/ResolveVersion"; done
            curl -s "$url/dl/a/b/+/latest"
            kill %1; wait; echo "exit $?"; cat "$1/err"
            """;
        ProcessRun run = ProcessRun.Of("/bin/bash", ["-c", script, "bash", _shelf.Path, program, context]);
        Assert.Equal(
            """
            503 200 prefix "a/b" doesn't exist or not visible to unauthenticated callers
            exit 0
            POST ResolveVersion user:me@example.com: 14 the fault that was asked for: Unavailable
            POST ResolveVersion user:me@example.com: 0
            GET /dl/a/b/+/latest anonymous:anonymous: 7 prefix "a/b" doesn't exist or not visible to unauthenticated callers

            """,
            run.Output);
        Assert.True(JsonDocument.Parse(File.ReadAllText(context)).RootElement.GetProperty("local_auth").GetProperty("rpc_port").GetInt32() > 0);
        Assert.Equal(44, id.Length);
    }

    [Theory]
    [InlineData("--urls", "http://192.0.2.1:80", "loopback interface")]
    [InlineData("--urls", "ftp://127.0.0.1", "none of the URLs")]
    [InlineData("--rpc-code", "many", "has not the form CODE[:TIMES]")]
    [InlineData("--token", "t", "has not the form")]
    [InlineData("--packages", "/nowhere", "is not a package directory")]
    public void What_the_program_is_told_wrong_it_says(string flag, string value, string message)
    {
        string[] others = [.. flag == "--packages" ? [] : (string[])["--packages", _shelf.Path], .. flag == "--urls" ? [] : (string[])["--urls", "http://127.0.0.1:0"]];
        ProcessRun run = ProcessRun.Of(Requirement.Tool("dotnet"), [typeof(LoopbackServer).Assembly.Location, .. others, flag, value]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_in_the_server_s_page()
    {
        string page = File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "tests", "CipdServer", "README.md"));
        Assert.All(Knob.All, knob => Assert.Contains($"| `{knob.Flag} {knob.Value.Replace("|", "\\|", StringComparison.Ordinal)}` |", page, StringComparison.Ordinal));
        string[] properties = [.. typeof(Faults).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(properties.Length, Knob.All.Length);
    }

    private string Rpc(string method) => $"{_server.Url}/prpc/cipd.Repository/{method}";

    private static string RequestFor(string id) => $$$"""{"package": "a/b", "instance": {"hashAlgo": "SHA256", "hexDigest": "{{{Hex(id)}}}"}}""";

    private async Task<string> UrlAsync(string id) => (await AskAsync("GetInstanceURL", RequestFor(id))).GetProperty("signedUrl").GetString()!;

    private Task<Answer> SendAsync(string method, string request, string? token) =>
        Answer.OfAsync(_http, Rpc(method), Encoding.UTF8.GetBytes(request), token is null ? Json : [.. Json, ("Authorization", "Bearer " + token)]);

    private async Task<JsonElement> AskAsync(string method, string request, string? token = null)
    {
        Answer answer = await SendAsync(method, request, token);
        Assert.True(answer.Code == 0, answer.Text);
        return JsonDocument.Parse(answer.Text[5..]).RootElement;
    }

    private async Task AssertRefusedAsync(string method, string request, int code, string text, string? token = null)
    {
        Answer answer = await SendAsync(method, request, token);
        Assert.Equal((request, code), (request, answer.Code ?? -1));
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
    }

    private static string[] Texts(JsonElement message, string name) =>
        message.TryGetProperty(name, out JsonElement texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];

    private static ProcessRun Curl(IEnumerable<string> arguments) => ProcessRun.Of(Requirement.Tool("curl"), ["--noproxy", "*", "--max-time", "60", .. arguments]);

    private static string Status(params string[] arguments) => Curl(["-s", "-o", "/dev/null", "-w", "%{http_code}", .. arguments]).Output;

    /// <summary>The digest in an instance ID, apart from the code under test.</summary>
    private static string Hex(string id) => Convert.ToHexStringLower(Convert.FromBase64String(id.Replace('-', '+').Replace('_', '/'))[..32]);

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return compressed.ToArray();
    }

    private static byte[] Decompress(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var output = new MemoryStream();
        gzip.CopyTo(output);
        return output.ToArray();
    }
}
