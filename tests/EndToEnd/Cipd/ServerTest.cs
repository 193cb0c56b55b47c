using System.Text;
using System.Text.Json;
using VPythonTools.CipdServer;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>Tests of the server that clients are tested against: one that runs with an empty package directory, and who asks it.</summary>
public abstract class ServerTest : IAsyncLifetime
{
    private protected static readonly (string, string)[] Json = [("Content-Type", "application/json"), ("Accept", "application/json")];

    private protected InstanceShelf Shelf { get; } = new();

    private protected HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private protected LoopbackServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await LoopbackServer.StartAsync(new ServerOptions(Shelf.Path));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        Shelf.Dispose();
        Assert.Empty(Server.Errors);
        GC.SuppressFinalize(this);
    }

    private protected string Rpc(string method) => $"{Server.Url}/prpc/cipd.Repository/{method}";

    private protected Task<Answer> SendAsync(string method, string request, string? token) =>
        Answer.OfAsync(Http, Rpc(method), Encoding.UTF8.GetBytes(request), token is null ? Json : [.. Json, ("Authorization", "Bearer " + token)]);

    private protected async Task<JsonElement> AskAsync(string method, string request, string? token = null)
    {
        Answer answer = await SendAsync(method, request, token);
        Assert.True(answer.Code == 0, answer.Text);
        return JsonDocument.Parse(answer.Text[5..]).RootElement;
    }

    private protected static ProcessRun Curl(IEnumerable<string> arguments) => ProcessRun.Of(Requirement.Tool("curl"), ["--noproxy", "*", "--max-time", "60", .. arguments]);

    private protected static string Status(params string[] arguments) => Curl(["-s", "-o", "/dev/null", "-w", "%{http_code}", .. arguments]).Output;

    /// <summary>The digest in an instance ID, apart from the code under test.</summary>
    private protected static string Hex(string id) => Convert.ToHexStringLower(Convert.FromBase64String(id.Replace('-', '+').Replace('_', '/'))[..32]);
}
