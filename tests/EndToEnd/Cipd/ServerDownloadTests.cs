using System.Text;
using System.Text.Json;
using VPythonTools.CipdServer;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>The server that clients are tested against: files come from addresses of their own.</summary>
public sealed class ServerDownloadTests : ServerTest
{
    [Fact]
    public async Task A_download_is_the_file_from_an_url_of_its_own_without_credentials()
    {
        string id = Shelf.Add("a/b", ["latest"], size: 100_000);
        byte[] file = File.ReadAllBytes(Shelf.FileOf(id));
        string first = await UrlAsync(id);
        string second = await UrlAsync(id);
        Assert.NotEqual(first, second);
        ProcessRun run = Curl(["-s", "-S", "-f", "-o", Path.Combine(Shelf.Path, "got"), first]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(file, File.ReadAllBytes(Path.Combine(Shelf.Path, "got")));

        Assert.Equal("400", Status("-H", "Authorization: Bearer x", second));
        Assert.Equal("Bearer x", Assert.Single(Server.Log.Leaks).Headers["authorization"]);
        Assert.Equal("403", Status("-X", "POST", "-d", "", second));
        Assert.Equal("404", Status(Server.Url + "/blob/0123"));
        Assert.Equal(3, Server.Log.Downloads.Count(download => download.Instance == id));
    }

    [Fact]
    public async Task A_download_goes_on_where_it_broke_off()
    {
        string id = Shelf.Add("a/b", [], size: 1000);
        byte[] file = File.ReadAllBytes(Shelf.FileOf(id));
        string url = await UrlAsync(id);
        await AssertRangeAsync("bytes=100-", null, 206, file[100..]);
        await AssertRangeAsync("bytes=100-199", null, 206, file[100..200]);
        await AssertRangeAsync("bytes=-10", null, 206, file[^10..]);
        await AssertRangeAsync("bytes=100-", $"\"{id}\"", 206, file[100..]);
        await AssertRangeAsync("bytes=100-", "\"another\"", 200, file);
        await AssertRangeAsync($"bytes={file.Length}-", null, 416, []);
        Server.Faults.BlobIgnoresRange = true;
        await AssertRangeAsync("bytes=100-", null, 200, file);

        async Task AssertRangeAsync(string range, string? condition, int status, byte[] expected)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Range", range);
            if (condition is not null) request.Headers.TryAddWithoutValidation("If-Range", condition);
            using HttpResponseMessage response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(expected, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task An_url_expires()
    {
        string id = Shelf.Add("a/b", []);
        await using LoopbackServer server = await LoopbackServer.StartAsync(new ServerOptions(Shelf.Path) { UrlLifetime = TimeSpan.FromMilliseconds(-1) });
        Answer answer = await Answer.OfAsync(Http, server.Url + "/prpc/cipd.Repository/GetInstanceURL", Encoding.UTF8.GetBytes(RequestFor(id)), Json);
        Assert.Equal("403", Status(JsonDocument.Parse(answer.Text[5..]).RootElement.GetProperty("signedUrl").GetString()!));
    }

    [Fact]
    public void A_plain_address_leads_to_the_download()
    {
        string id = Shelf.Add("a/b", ["latest"]);
        string got = Path.Combine(Shelf.Path, "got");
        Assert.Equal(0, Curl(["-s", "-L", "-f", "-o", got, $"{Server.Url}/dl/a/b/+/latest"]).ExitCode);
        Assert.Equal(File.ReadAllBytes(Shelf.FileOf(id)), File.ReadAllBytes(got));
        Assert.Contains($"X-Cipd-Instance: {id}", Curl(["-s", "-i", $"{Server.Url}/dl/a/b/+/latest"]).Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("404", Status($"{Server.Url}/dl/a/b/+/nothing"));
        Assert.Equal("400", Status($"{Server.Url}/dl/a//b/+/latest"));
        Assert.Equal("404", Status($"{Server.Url}/client?platform=linux-amd64&version=latest"));
        Assert.Equal("404", Status($"{Server.Url}/elsewhere"));
    }

    private static string RequestFor(string id) => $$$"""{"package": "a/b", "instance": {"hashAlgo": "SHA256", "hexDigest": "{{{Hex(id)}}}"}}""";

    private async Task<string> UrlAsync(string id) => (await AskAsync("GetInstanceURL", RequestFor(id))).GetProperty("signedUrl").GetString()!;
}
