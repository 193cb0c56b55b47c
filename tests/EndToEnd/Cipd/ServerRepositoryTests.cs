using System.Text.Json;
using VPythonTools.CipdServer;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>The server that clients are tested against: what it says of packages is what the real service says.</summary>
public sealed class ServerRepositoryTests : ServerTest
{
    [Fact]
    public async Task Pages_are_newest_first_and_lead_to_each_other()
    {
        string[] ids = [.. Enumerable.Range(0, 5).Select(_ => Shelf.Add("a/b", []))];
        Shelf.Add("a/c", []);
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
        for (int number = 0; number < 101; number++) Shelf.Add("a/b", []);
        JsonElement page = await AskAsync("ListInstances", """{"package": "a/b"}""");
        Assert.Equal(100, page.GetProperty("instances").GetArrayLength());
        JsonElement last = await AskAsync("ListInstances", $$"""{"package": "a/b", "pageToken": "{{page.GetProperty("nextPageToken").GetString()}}"}""");
        Assert.Equal(1, last.GetProperty("instances").GetArrayLength());
    }

    [Fact]
    public async Task A_search_wants_all_tags()
    {
        Shelf.Add("a/b", ["x:1", "y:1"]);
        string both = Shelf.Add("a/b", ["x:1", "y:2"]);
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
        Shelf.Add("a/b", ["twice:1"]);
        Shelf.Add("a/b", ["twice:1", "latest"]);
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
        Shelf.Add("a/b", []);
        foreach (string method in (string[])["GetInstanceURL", "DescribeInstance", "ListMetadata"]) await AssertRefusedAsync(method, request, code, "");
    }

    [Fact]
    public async Task What_a_caller_may_not_read_is_as_if_it_were_not_there()
    {
        string id = Shelf.Add("private/b", ["latest"]);
        Shelf.Add("public/b", ["latest"]);
        Server.Access.AllowReading("public", AccessRules.Everybody);
        Server.Access.AllowReading("private", "user:insider@example.com");
        Server.Tokens["in"] = "user:insider@example.com";
        Server.Tokens["out"] = "user:outsider@example.com";

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
        Answer unknown = await Answer.OfAsync(Http, Rpc("ListPrefix"), [], ("Authorization", "Bearer nobody's"));
        Assert.Equal((401, 16), (unknown.Status, unknown.Code));
    }

    [Fact]
    public async Task A_prefix_has_packages_and_prefixes_sorted()
    {
        foreach (string package in (string[])["a/b/d", "a/b", "a/b/c/e", "a-x", "a/z"]) Shelf.Add(package, []);
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
        Shelf.Add("a/b", ["old", "latest"]);
        Shelf.Add("a/b", ["latest"]);
        JsonElement refs = await AskAsync("ListRefs", """{"package": "a/b"}""");
        Assert.Equal(["latest", "old"], refs.GetProperty("refs").EnumerateArray().Select(reference => reference.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task What_is_added_to_the_directory_is_served()
    {
        await AssertRefusedAsync("ListRefs", """{"package": "a/b"}""", 5, "no such package");
        Shelf.Add("a/b", ["latest"]);
        Assert.Single((await AskAsync("ListRefs", """{"package": "a/b"}""")).GetProperty("refs").EnumerateArray());
    }

    private async Task AssertRefusedAsync(string method, string request, int code, string text, string? token = null)
    {
        Answer answer = await SendAsync(method, request, token);
        Assert.Equal((request, code), (request, answer.Code ?? -1));
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
    }

    private static string[] Texts(JsonElement message, string name) =>
        message.TryGetProperty(name, out JsonElement texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];
}
