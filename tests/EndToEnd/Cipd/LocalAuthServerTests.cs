using System.Text;
using System.Text.Json;
using VPythonTools.CipdServer;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>The server of tokens that a bot has, and the programs that stand in for those of users.</summary>
public sealed class LocalAuthServerTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private LocalAuthServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await LocalAuthServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_program_that_knows_the_secret_gets_a_token()
    {
        (int status, string body) = await AskAsync();
        Assert.Equal(200, status);
        JsonElement token = JsonDocument.Parse(body).RootElement;
        Assert.Equal("local-auth-token", token.GetProperty("access_token").GetString());
        Assert.True(token.GetProperty("expiry").GetInt64() > DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 500);
        Assert.Equal(["scope"], _server.Granted);
    }

    [Fact]
    public async Task Others_get_none()
    {
        _server.HasWrongSecret = true;
        Assert.Equal(403, (await AskAsync()).Status);
        _server.HasWrongSecret = false;
        _server.DefaultAccount = "another";
        Assert.Equal(404, (await AskAsync()).Status);
        _server.DefaultAccount = null;
        Assert.False(LocalAuth.TryGetProperty("default_account_id", out _));
        Assert.Empty(_server.Granted);
    }

    [Fact]
    public async Task A_request_needs_a_length_and_its_type()
    {
        Assert.Equal(400, (await AskAsync(chunked: true)).Status);
        Assert.Equal(400, (await AskAsync(contentType: "text/plain")).Status);
        Assert.Equal(400, (await AskAsync(request: "[]")).Status);
        Assert.Equal(400, (await AskAsync(request: new string(' ', 64 << 10))).Status);
    }

    [Fact]
    public async Task Faults_strike_as_often_as_they_were_told_to()
    {
        _server.Status = new(500, 1);
        Assert.Equal(500, (await AskAsync()).Status);
        _server.Error = new("no more tokens today", 1);
        JsonElement error = JsonDocument.Parse((await AskAsync()).Body).RootElement;
        Assert.Equal((1, "no more tokens today"), (error.GetProperty("error_code").GetInt32(), error.GetProperty("error_message").GetString()));
        _server.TokenLifetime = TimeSpan.FromMinutes(-5);
        JsonElement expired = JsonDocument.Parse((await AskAsync()).Body).RootElement;
        Assert.True(expired.GetProperty("expiry").GetInt64() < DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    }

    [Fact]
    public void Programs_that_stand_in_write_down_how_they_were_called()
    {
        using var directory = new TemporaryDirectory();
        StandIn luciAuth = StandIn.LuciAuth(directory.Path, "a-token", TimeSpan.FromMinutes(10));
        JsonElement token = JsonDocument.Parse(ProcessRun.Of(luciAuth.Path, ["token", "-scopes", "x y", "-json-output", "-"]).Output).RootElement;
        Assert.Equal("a-token", token.GetProperty("token").GetString());
        Assert.True(token.GetProperty("expiry").GetInt64() > DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        Assert.Equal(["token -scopes x y -json-output -"], luciAuth.Calls);

        StandIn helper = StandIn.CredentialHelper(directory.Combine("helper"), "another-token", TimeSpan.FromMinutes(10));
        JsonElement credential = JsonDocument.Parse(ProcessRun.Of(helper.Path, ["-scopes", "a,b"]).Output).RootElement;
        Assert.Equal("another-token", credential.GetProperty("token").GetString());
        Assert.Matches("^[A-Z][a-z]{2} [A-Z][a-z]{2} [ 1-3][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} UTC 2[0-9]{3}$", credential.GetProperty("expiry").GetString());

        StandIn without = StandIn.LuciAuthWithoutLogin(directory.Combine("without"));
        Assert.Equal(1, ProcessRun.Of(without.Path, ["token"]).ExitCode);
        Assert.Equal(["token"], without.Calls);
    }

    private JsonElement LocalAuth => JsonDocument.Parse(_server.Context).RootElement.GetProperty("local_auth");

    private async Task<(int Status, string Body)> AskAsync(string? request = null, string contentType = "application/json", bool chunked = false)
    {
        request ??= $$"""{"scopes": ["scope"], "secret": "{{LocalAuth.GetProperty("secret").GetString()}}", "account_id": "{{_server.DefaultAccount}}"}""";
        using var message = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{LocalAuth.GetProperty("rpc_port").GetInt32()}/rpc/LuciLocalAuthService.GetOAuthToken")
        {
            Content = new StringContent(request, Encoding.UTF8),
        };
        message.Content.Headers.ContentType = new(contentType);
        message.Headers.TransferEncodingChunked = chunked;
        using HttpResponseMessage response = await _http.SendAsync(message);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
