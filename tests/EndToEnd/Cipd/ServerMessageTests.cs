using System.IO.Compression;
using System.Text.Json;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>The server that clients are tested against: its messages are those of the real service, in every form and compressed.</summary>
public sealed class ServerMessageTests : ServerTest
{
    [Fact]
    public async Task Binary_messages_are_those_of_the_protobuf_compiler()
    {
        string id = Shelf.Add("a/b", ["version:1.0", "latest"]);
        Answer answer = await Answer.OfAsync(Http, Rpc("ResolveVersion"), WireOracle.Encode("cipd.ResolveVersionRequest", "package: 'a/b' version: 'version:1.0'"));
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
        string described = WireOracle.Decode("cipd.DescribeInstanceResponse", (await Answer.OfAsync(Http, Rpc("DescribeInstance"), request)).Body);
        Assert.Contains("refs {\n  name: \"latest\"\n  package: \"a/b\"\n", described, StringComparison.Ordinal);
        Assert.Contains("tags {\n  key: \"version\"\n  value: \"1.0\"\n", described, StringComparison.Ordinal);
    }

    [Fact]
    public void Curl_gets_json_behind_a_line_that_no_browser_runs()
    {
        string id = Shelf.Add("a/b", ["latest"]);
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
        Answer answer = await Answer.OfAsync(Http, Rpc("ListPrefix"), [], ("Content-Type", contentType), ("Accept", accept));
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
        Answer answer = await Answer.OfAsync(Http, Rpc("ListPrefix"), [], ("Content-Type", contentType), ("Accept", accept));
        Assert.Equal((status, 3), (answer.Status, answer.Code));
        Assert.Equal("text/plain; charset=utf-8", answer.Headers.ContentType!.ToString());
        Assert.EndsWith("\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_that_are_no_messages_are_refused()
    {
        foreach ((byte[] body, (string, string)[] headers) in new[] { ("\xff\xff"u8.ToArray(), []), ("{"u8.ToArray(), Json), ("[]"u8.ToArray(), Json), (new byte[] { (byte)'"', 0xFF, (byte)'"' }, Json) })
        {
            Answer answer = await Answer.OfAsync(Http, Rpc("ListPrefix"), body, headers);
            Assert.Equal((400, 3), (answer.Status, answer.Code));
        }
        Answer packed = await Answer.OfAsync(Http, Rpc("ListPrefix"), [1, 2, 3], ("Content-Encoding", "gzip"));
        Assert.Equal((400, 3), (packed.Status, packed.Code));
    }

    [Theory]
    [InlineData("cipd.Repository/RegisterInstance")]
    [InlineData("cipd.Storage/FinishUpload")]
    [InlineData("cipd.Repository")]
    [InlineData("another.Service/ListPrefix")]
    public async Task Unknown_methods_are_unimplemented(string method)
    {
        Answer answer = await Answer.OfAsync(Http, $"{Server.Url}/prpc/{method}", []);
        Assert.Equal((501, 12), (answer.Status, answer.Code));
        Assert.DoesNotContain(method, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_directions_can_be_compressed()
    {
        for (int number = 0; number < 40; number++) Shelf.Add("a/b", []);
        byte[] request = Compress(WireOracle.Encode("cipd.ListInstancesRequest", "package: 'a/b'"));
        Answer answer = await Answer.OfAsync(Http, Rpc("ListInstances"), request, ("Content-Encoding", "gzip"), ("Accept-Encoding", "gzip"));
        Assert.Equal((200, 0), (answer.Status, answer.Code));
        Assert.Equal(["gzip"], answer.Headers.ContentEncoding);
        string page = WireOracle.Decode("cipd.ListInstancesResponse", Decompress(answer.Body));
        Assert.Equal(40, page.Split("instances {").Length - 1);
        Assert.Empty((await Answer.OfAsync(Http, Rpc("ListInstances"), request, ("Content-Encoding", "gzip"))).Headers.ContentEncoding);
        Assert.Empty((await Answer.OfAsync(Http, Rpc("ListPrefix"), [], ("Accept-Encoding", "gzip"))).Headers.ContentEncoding);
    }

    [Fact]
    public async Task An_answer_that_is_larger_than_the_client_takes_is_not_sent()
    {
        for (int number = 0; number < 5; number++) Shelf.Add("a/b", []);
        byte[] request = WireOracle.Encode("cipd.ListInstancesRequest", "package: 'a/b'");
        byte[] whole = (await Answer.OfAsync(Http, Rpc("ListInstances"), request)).Body;
        Answer fits = await Answer.OfAsync(Http, Rpc("ListInstances"), request, ("X-Prpc-Max-Response-Size", $"{whole.Length}"));
        Assert.Equal(whole, fits.Body);
        Answer tooBig = await Answer.OfAsync(Http, Rpc("ListInstances"), request, ("X-Prpc-Max-Response-Size", $"{whole.Length - 1}"));
        Assert.Equal((503, 14), (tooBig.Status, tooBig.Code));
        string any = WireOracle.Decode("google.protobuf.Any", Convert.FromBase64String(Assert.Single(tooBig.Details)));
        Assert.StartsWith("type_url: \"type.googleapis.com/luci.prpc.ErrorDetails\"\nvalue: ", any, StringComparison.Ordinal);
        byte[] details = WireOracle.Encode("luci.prpc.ErrorDetails", $"response_too_big < response_size: {whole.Length} response_limit: {whole.Length - 1} >");
        Assert.True(Convert.FromBase64String(tooBig.Details[0]).AsSpan().EndsWith(details));
        Answer wrong = await Answer.OfAsync(Http, Rpc("ListInstances"), request, ("X-Prpc-Max-Response-Size", "0"));
        Assert.Equal((400, 3), (wrong.Status, wrong.Code));
    }

    [Fact]
    public async Task A_client_that_does_not_wait_is_told_so()
    {
        Server.Faults.RpcDelay = new(TimeSpan.FromHours(1));
        Answer late = await Answer.OfAsync(Http, Rpc("ListPrefix"), [], ("X-Prpc-Grpc-Timeout", "20m"));
        Assert.Equal((504, 4), (late.Status, late.Code));
        foreach (string bad in (string[])["", "m", "1", "1s", "-1S", "100000000S"])
        {
            Answer answer = await Answer.OfAsync(Http, Rpc("ListPrefix"), [], ("X-Prpc-Grpc-Timeout", bad));
            Assert.Equal((bad, 400, 3), (bad, answer.Status, answer.Code));
        }
    }

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
