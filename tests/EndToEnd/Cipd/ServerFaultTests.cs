using System.Text.Json;
using VPythonTools.CipdServer;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>Every fault of the server as curl sees it, so that what clients make of it is theirs.</summary>
public sealed class ServerFaultTests : IAsyncLifetime
{
    private const int Size = 300_000;

    private readonly InstanceShelf _shelf = new();
    private string _id = "";
    private LoopbackServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _id = _shelf.Add("a/b", ["latest", "version:1"], Size);
        _server = await LoopbackServer.StartAsync(new ServerOptions(_shelf.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _shelf.Dispose();
        Assert.Empty(_server.Errors);
    }

    // The exit codes of curl: 18 is a body that ended too early, 28 one that did not come in time, 52 no answer at all, 56 a connection that broke.
    [Theory]
    [InlineData("--rpc-http-status", "502:1", 0, "502 -")]
    [InlineData("--rpc-http-status", "401:1", 0, "401 -")]
    [InlineData("--rpc-code", "13:1", 0, "500 13")]
    [InlineData("--rpc-code", "8:1", 0, "429 8")]
    [InlineData("--rpc-delay", "3600:1", 28, "000 -")]
    [InlineData("--rpc-reset", "1", 56, "000 -")]
    [InlineData("--rpc-truncated", "10:1", 18, "200 0")]
    [InlineData("--rpc-redirect", "1", 0, "307 -")]
    [InlineData("--unknown-algorithm", "yes", 0, "200 0")]
    [InlineData("--rpc-huge", "5000000:1", 0, "200 0")]
    public async Task A_fault_of_an_RPC_strikes_as_often_as_it_was_told_to(string flag, string value, int exitCode, string outcome)
    {
        Set(flag, value);
        Set("--rpc-methods", "ListPrefix");
        Assert.Equal((0, "200 0"), await CallAsync("ResolveVersion", """{"package": "a/b", "version": "latest"}"""));
        Assert.Equal((exitCode, outcome), await CallAsync("ListPrefix", "{}"));
        if (value.EndsWith('1')) Assert.Equal((0, "200 0"), await CallAsync("ListPrefix", "{}"));
    }

    [Fact]
    public async Task Faults_of_content_are_in_the_body()
    {
        Set("--rpc-html", "yes");
        Set("--rpc-http-status", "503:1");
        Assert.StartsWith("<!DOCTYPE html>", await BodyAsync("ListPrefix", "{}"), StringComparison.Ordinal);
        Set("--rpc-huge", "100000:1");
        JsonElement huge = JsonDocument.Parse((await BodyAsync("ListPrefix", """{"recursive": true}"""))[5..]).RootElement;
        Assert.Equal(100_000, huge.GetProperty("padding").GetString()!.Length);
        Assert.Equal("a/b", Assert.Single(huge.GetProperty("packages").EnumerateArray()).GetString());
        Set("--unknown-algorithm", "yes");
        Assert.Contains("\"hashAlgo\": 77", await BodyAsync("ResolveVersion", """{"package": "a/b", "version": "latest"}"""), StringComparison.Ordinal);
        Set("--ambiguous-tags", "yes");
        Assert.Contains("ambiguity when resolving the tag", await BodyAsync("ResolveVersion", """{"package": "a/b", "version": "version:1"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Padding_of_binary_messages_is_a_field_that_nobody_knows()
    {
        Set("--rpc-huge", "100000:1");
        using var http = new HttpClient();
        Answer answer = await Answer.OfAsync(http, _server.Url + "/prpc/cipd.Repository/ListPrefix", WireOracle.Encode("cipd.ListPrefixRequest", "recursive: true"));
        Assert.InRange(answer.Body.Length, 100_000, 100_050);
        Assert.Contains("packages: \"a/b\"", WireOracle.Decode("cipd.ListPrefixResponse", answer.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_can_be_wrong()
    {
        Set("--rpc-malformed-details", "yes");
        Set("--rpc-content-type", "text/html");
        using var http = new HttpClient();
        Answer error = await Answer.OfAsync(http, _server.Url + "/prpc/cipd.Repository/Nothing", []);
        Assert.Contains("!", Assert.Single(error.Details), StringComparison.Ordinal);
        Answer success = await Answer.OfAsync(http, _server.Url + "/prpc/cipd.Repository/ListPrefix", []);
        Assert.Equal("text/html", success.Headers.ContentType!.ToString());

        _server.Tokens["good"] = "user:me@example.com";
        Set("--refused-token", "1");
        Assert.Equal(16, (await Answer.OfAsync(http, _server.Url + "/prpc/cipd.Repository/ListPrefix", [], ("Authorization", "Bearer good"))).Code);
        Assert.Equal(0, (await Answer.OfAsync(http, _server.Url + "/prpc/cipd.Repository/ListPrefix", [], ("Authorization", "Bearer good"))).Code);
    }

    [Theory]
    [InlineData("--blob-status", "500:1", "", 0, "500", 29)]
    [InlineData("--blob-delay", "3600:1", "", 28, "000", 0)]
    [InlineData("--blob-stall", "1000:1", "", 28, "200", 1000)]
    [InlineData("--blob-truncated", "1000:1", "", 18, "200", 1000)]
    [InlineData("--blob-truncated", "1000:1", "--blob-chunked", 0, "200", 1000)]
    [InlineData("--blob-reset", "1000:1", "", 56, "200", 1000)]
    [InlineData("--blob-wrong-length", "100:1", "", 18, "200", -1)]
    [InlineData("--blob-wrong-length", "-100:1", "", 0, "200", -100)]
    [InlineData("--blob-redirect", "1", "", 0, "302", 0)]
    public async Task A_fault_of_a_download_strikes_as_often_as_it_was_told_to(string flag, string value, string and, int exitCode, string status, long size)
    {
        byte[] file = File.ReadAllBytes(_shelf.FileOf(_id));
        Set(flag, value);
        if (and.Length > 0) Set(and, "yes");
        string url = await UrlAsync();
        (ProcessRun run, byte[] got) = Download(url);
        Assert.Equal((exitCode, status), (run.ExitCode, run.Output));
        if (size < 0) size = exitCode == 0 ? file.Length + size : file.Length;
        if (exitCode != 56) Assert.Equal(size, got.Length);
        (ProcessRun again, byte[] whole) = Download(url);
        Assert.Equal((0, "200"), (again.ExitCode, again.Output));
        Assert.Equal(file, whole);
    }

    [Fact]
    public async Task Wrong_bytes_differ_in_one_place()
    {
        byte[] file = File.ReadAllBytes(_shelf.FileOf(_id));
        Set("--blob-wrong-bytes", "1");
        byte[] got = Download(await UrlAsync()).Got;
        Assert.Equal(file.Length, got.Length);
        Assert.Equal(file.Length / 2, Assert.Single(Enumerable.Range(0, file.Length), index => file[index] != got[index]));
    }

    [Fact]
    public async Task A_bad_url_stays_bad_and_the_next_one_is_good()
    {
        Set("--bad-url", "403:1");
        string bad = await UrlAsync();
        string good = await UrlAsync();
        Assert.Equal(["403", "403", "200"], [Download(bad).Run.Output, Download(bad).Run.Output, Download(good).Run.Output]);
    }

    [Fact]
    public async Task A_redirected_download_is_the_file_under_another_name_of_the_server()
    {
        Set("--blob-redirect", "1");
        string got = Path.Combine(_shelf.Path, "got");
        Assert.Equal(0, Curl(["-s", "-L", "-o", got, await UrlAsync()]).ExitCode);
        Assert.Equal(File.ReadAllBytes(_shelf.FileOf(_id)), File.ReadAllBytes(got));
        Assert.Equal(["127.0.0.1", "localhost"], _server.Log.Downloads.Select(download => download.Host.Split(':')[0]));
    }

    [Fact]
    public async Task A_slow_download_comes_in_small_pieces()
    {
        Set("--blob-rate", "1000000");
        (ProcessRun run, byte[] got) = Download(await UrlAsync());
        Assert.Equal((0, "200"), (run.ExitCode, run.Output));
        Assert.Equal(File.ReadAllBytes(_shelf.FileOf(_id)), got);
    }

    private void Set(string flag, string value) => Knob.All.Single(knob => knob.Flag == flag).Set(_server.Faults, value);

    private async Task<(int ExitCode, string Outcome)> CallAsync(string method, string request)
    {
        await Task.Yield();
        ProcessRun run = Curl([.. Arguments(method, request), "-o", "/dev/null", "-w", "%{http_code} %header{x-prpc-grpc-code}"]);
        string[] parts = run.Output.Split(' ');
        return (run.ExitCode, $"{parts[0]} {(parts[1].Length == 0 ? "-" : parts[1])}");
    }

    private async Task<string> BodyAsync(string method, string request)
    {
        await Task.Yield();
        return Curl(Arguments(method, request)).Output;
    }

    private string[] Arguments(string method, string request) =>
        ["-s", "--max-time", "2", "-H", "Content-Type: application/json", "-H", "Accept: application/json", "-d", request, $"{_server.Url}/prpc/cipd.Repository/{method}"];

    private async Task<string> UrlAsync()
    {
        string hex = Convert.ToHexStringLower(Convert.FromBase64String(_id.Replace('-', '+').Replace('_', '/'))[..32]);
        string answer = await BodyAsync("GetInstanceURL", $$$"""{"package": "a/b", "instance": {"hashAlgo": "SHA256", "hexDigest": "{{{hex}}}"}}""");
        return JsonDocument.Parse(answer[5..]).RootElement.GetProperty("signedUrl").GetString()!;
    }

    private (ProcessRun Run, byte[] Got) Download(string url)
    {
        string got = Path.Combine(_shelf.Path, "got");
        File.WriteAllBytes(got, []);
        ProcessRun run = Curl(["-s", "--max-time", "2", "-o", got, "-w", "%{http_code}", url]);
        return (run, File.ReadAllBytes(got));
    }

    private static ProcessRun Curl(IEnumerable<string> arguments) => ProcessRun.Of(Requirement.Tool("curl"), ["--noproxy", "*", .. arguments]);
}
