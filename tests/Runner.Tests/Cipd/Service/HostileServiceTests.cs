using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VPythonTools.Runner.Cipd.Service;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd.Service;

/// <summary>A service that speaks JSON only, and says what no CIPD service says.</summary>
public sealed class HostileServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"package": """)]
    [InlineData("""{"package": 1}""")]
    [InlineData("[]")]
    public async Task JSON_that_is_none_is_an_answer_and_is_not_asked_for_again(string json)
    {
        int asked = 0;
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        await using WebApplication server = await StartAsync(() =>
        {
            asked++;
            return json;
        });
        PackageService client = Outcome.Value(shelf.TryOpen(server.Urls.Single(), true));
        Outcome.Failure(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop), "VPY3138", "answers what is no message");
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Pages_without_end_are_not_read_without_end()
    {
        int asked = 0;
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        await using WebApplication server = await StartAsync(() => $$"""{"nextPageToken": "{{++asked}}"}""");
        PackageService client = Outcome.Value(shelf.TryOpen(server.Urls.Single(), true));
        Outcome.Failure(await client.ListInstancesAsync(Names.Package("wheels/hello"), 1000, Stop), "VPY3138", "always that there are more");
        Outcome.Failure(await client.SearchAsync(Names.Package("wheels/hello"), [Names.Version("version:1.0")], 1000, Stop), "VPY3138", "always that there are more");
        Assert.InRange(asked, 2, 200);
    }

    private static async Task<WebApplication> StartAsync(Func<string> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapPost("/prpc/{method}/{name}", (HttpContext context) =>
        {
            if (context.Request.ContentType != "application/json") return Results.StatusCode(415);
            context.Response.Headers["X-Prpc-Grpc-Code"] = "0";
            return Results.Text(")]}'\n" + answer(), "application/json");
        });
        await server.StartAsync(Stop);
        return server;
    }
}
