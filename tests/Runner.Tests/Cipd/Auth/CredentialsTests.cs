using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VPythonTools.CipdServer;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Cipd.Auth;
using VPythonTools.Runner.Cipd.Service;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd.Auth;

public sealed class CredentialsTests
{
    private const string Secret = "very-secret-token";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_on_a_bot_asks_as_its_account()
    {
        await using LoopbackShelf shelf = await StartPrivateAsync();
        await using LocalAuthServer bot = await LocalAuthServer.StartAsync();
        bot.Token = Secret;
        await Succeeds(shelf, ("LUCI_CONTEXT", shelf.Write("luci.json", bot.Context)), ("HTTP_PROXY", "http://127.0.0.1:1"));
        Assert.Equal([ITokenSource.Scope], bot.Granted);
    }

    [Fact]
    public async Task A_bots_server_in_passing_trouble_is_asked_again_and_a_refusal_is_an_error()
    {
        await using LoopbackShelf shelf = await StartPrivateAsync();
        await using LocalAuthServer bot = await LocalAuthServer.StartAsync();
        bot.Token = Secret;
        bot.Status = new(500, 2);
        await Succeeds(shelf, ("LUCI_CONTEXT", shelf.Write("luci.json", bot.Context)));
        bot.Status = new(403);
        await Fails(shelf, "VPY3137", "HTTP 403", ("LUCI_CONTEXT", shelf.Write("luci.json", bot.Context)));
        bot.Status = null;
        bot.Error = new("no such account");
        await Fails(shelf, "VPY3137", "no such account", ("LUCI_CONTEXT", shelf.Write("luci.json", bot.Context)));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"local_auth": {"rpc_port": 0, "secret": "", "default_account_id": "task"}}""")]
    [InlineData("""{"local_auth": {"rpc_port": 1, "secret": "", "default_account_id": ""}}""")]
    [InlineData("""{"local_auth": []}""")]
    public async Task A_context_that_leads_nowhere_is_passed_over(string context)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackageService client = shelf.Open(("LUCI_CONTEXT", shelf.Write("luci.json", context)));
        Outcome.Value(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
    }

    [Fact]
    public async Task A_credential_helper_is_asked_once_and_always()
    {
        await using LoopbackShelf shelf = await StartPrivateAsync();
        StandIn helper = StandIn.CredentialHelper(shelf.Combine("helper"), Secret, TimeSpan.FromHours(1));
        await Succeeds(shelf, ("LUCI_AUTH_CREDENTIAL_HELPER", helper.Path));
        Assert.Equal([$"-scopes {ITokenSource.Scope}"], helper.Calls);
    }

    [Theory]
    [InlineData("exit 3", "it ended with 3")]
    [InlineData("echo no", "is not JSON")]
    [InlineData("echo '{}'", "there is none in its answer")]
    [InlineData("""echo '{"token": "a b"}'""", "there is none in its answer")]
    [InlineData("echo '[]'", "there is none in its answer")]
    public async Task A_credential_helper_that_fails_is_an_error(string script, string reason)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        await Fails(shelf, "VPY3137", reason, ("LUCI_AUTH_CREDENTIAL_HELPER", StandIn.Script(shelf.Combine("helper"), script).Path));
        Assert.Empty(shelf.Server.Log.Requests);
    }

    [Fact]
    public async Task A_credential_helper_that_fails_is_not_waited_for_once_for_each_package()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        StandIn helper = StandIn.Script(shelf.Combine("helper"), "exit 3");
        PackageService client = shelf.Open(("LUCI_AUTH_CREDENTIAL_HELPER", helper.Path));
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async number =>
            Outcome.Failure(await client.ResolveAsync(Names.Package($"wheels/hello{number}"), Names.Version("latest"), Stop), "VPY3137", "it ended with 3")));
        Assert.Single(helper.Calls);
    }

    [Fact]
    public async Task A_persons_login_is_used_for_lists_since_they_only_leave_out_what_nobody_may_see()
    {
        await using LoopbackShelf shelf = await StartPrivateAsync();
        shelf.Add("public/tool", "tool", "1.0");
        shelf.Server.Access.AllowReading("public", "*");
        Assert.Equal(["public/tool"], Outcome.Value(await shelf.Open().ListAsync("", true, Stop)).Packages);
        StandIn.LuciAuthWithoutLogin(shelf.Combine("bin"));
        string path = $"{shelf.Combine("bin")}:/usr/bin:/bin";
        Assert.Equal(["public/tool"], Outcome.Value(await shelf.Open(("PATH", path)).ListAsync("", true, Stop)).Packages);
        StandIn.LuciAuth(shelf.Combine("bin"), Secret, TimeSpan.FromMinutes(10));
        Assert.Equal(["public/tool", "wheels/hello"], Outcome.Value(await shelf.Open(("PATH", path)).ListAsync("", true, Stop)).Packages);
    }

    [Fact]
    public async Task A_persons_login_is_used_only_where_nobody_gets_no_answer()
    {
        await using LoopbackShelf shelf = await StartPrivateAsync();
        shelf.Add("public/tool", "tool", "1.0");
        shelf.Server.Access.AllowReading("public", "*");
        StandIn login = StandIn.LuciAuth(shelf.Combine("bin"), Secret, TimeSpan.FromMinutes(10));
        string path = $"{shelf.Combine("bin")}:/usr/bin:/bin";
        Outcome.Value(await shelf.Open(("PATH", path)).ResolveAsync(Names.Package("public/tool"), Names.Version("latest"), Stop));
        Assert.Empty(login.Calls);
        await Succeeds(shelf, ("PATH", path));
        Assert.StartsWith($"token -scopes {ITokenSource.Scope}", Assert.Single(login.Calls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_has_not_logged_in_is_told_how()
    {
        await using LoopbackShelf shelf = await StartPrivateAsync();
        StandIn.LuciAuthWithoutLogin(shelf.Combine("bin"));
        await Fails(shelf, "VPY3136", "may not be seen without credentials", ("PATH", $"{shelf.Combine("bin")}:/usr/bin:/bin"));
        Failure anonymous = await Fails(shelf, "VPY3136", "may not be seen without credentials");
        Assert.Contains("luci-auth login", anonymous.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_access_is_named()
    {
        await using LoopbackShelf shelf = await StartPrivateAsync();
        shelf.Server.Tokens["other"] = "user:stranger@example.com";
        Failure failure = await Fails(shelf, "VPY3136", "is not there, or may not be seen by the account of the credential helper",
            ("LUCI_AUTH_CREDENTIAL_HELPER", StandIn.CredentialHelper(shelf.Combine("helper"), "other", TimeSpan.FromHours(1)).Path));
        Assert.Contains("stranger@example.com", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_has_become_stale_is_replaced_once()
    {
        await using LoopbackShelf shelf = await StartPrivateAsync();
        StandIn helper = StandIn.CredentialHelper(shelf.Combine("helper"), Secret, TimeSpan.FromHours(1));
        shelf.Server.Faults.RefusedToken = new(true, 1);
        await Succeeds(shelf, ("LUCI_AUTH_CREDENTIAL_HELPER", helper.Path));
        Assert.Equal(2, helper.Calls.Length);
        shelf.Server.Faults.RefusedToken = new(true);
        await Fails(shelf, "VPY3137", "does not take the token", ("LUCI_AUTH_CREDENTIAL_HELPER", helper.Path));
    }

    [Fact]
    public async Task A_service_account_signs_for_its_token()
    {
        using RSA key = RSA.Create(2048);
        WebApplication server = Quiet();
        server.Urls.Add("http://127.0.0.1:0");
        string address = "";
        server.MapPost("/token", async (HttpRequest request) =>
        {
            IFormCollection form = await request.ReadFormAsync();
            string[] parts = form["assertion"].ToString().Split('.');
            byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
            bool isSigned = key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Decode(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            JsonElement claims = JsonDocument.Parse(Decode(parts[1])).RootElement;
            bool isRight = isSigned
                && form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
                && claims.GetProperty("iss").GetString() == "robot@example.com"
                && claims.GetProperty("scope").GetString() == ITokenSource.Scope
                && claims.GetProperty("aud").GetString() == address + "/token"
                && claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64() <= 3600;
            return isRight ? Results.Text($$"""{"access_token": "{{Secret}}", "expires_in": 3600}""", "application/json") : Results.StatusCode(400);
        });
        await server.StartAsync(Stop);
        address = server.Urls.Single();
        await using LoopbackShelf shelf = await StartPrivateAsync();
        string json = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["type"] = "service_account",
            ["private_key_id"] = "key1",
            ["private_key"] = key.ExportPkcs8PrivateKeyPem(),
            ["client_email"] = "robot@example.com",
            ["token_uri"] = address + "/token",
        });
        await Succeeds(shelf, (ServiceAccountTokens.Variable, shelf.Write("robot.json", json)));
        await server.StopAsync(Stop);
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type": "service_account", "private_key": "PRIVATE", "client_email": "a", "token_uri": "https://host"}""")]
    [InlineData("""{"type": "authorized_user"}""")]
    public async Task A_service_account_file_that_is_none_is_refused_without_quoting_it(string json)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        Failure failure = Outcome.Failure(shelf.TryOpen(shelf.Server.Url, true, (ServiceAccountTokens.Variable, shelf.Write("robot.json", json))), "VPY3137", "robot.json");
        Assert.DoesNotContain("PRIVATE", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_machines_account_is_asked_for_only_when_it_is_named()
    {
        WebApplication metadata = Quiet();
        metadata.Urls.Add("http://127.0.0.1:0");
        int asked = 0;
        metadata.MapGet("/computeMetadata/v1/instance/service-accounts/default/token", (HttpRequest request) =>
        {
            asked++;
            return request.Headers["Metadata-Flavor"] == "Google" ? Results.Text($$"""{"access_token": "{{Secret}}", "expires_in": 3600}""", "application/json") : Results.StatusCode(403);
        });
        await metadata.StartAsync(Stop);
        string host = new Uri(metadata.Urls.Single()).Authority;
        await using LoopbackShelf shelf = await StartPrivateAsync();
        await Fails(shelf, "VPY3136", "without credentials", ("GCE_METADATA_HOST", host));
        Assert.Equal(0, asked);
        await Succeeds(shelf, ("GCE_METADATA_HOST", host), (ServiceAccountTokens.Variable, GceTokens.Name));
        Assert.Equal(1, asked);
        await metadata.StopAsync(Stop);
        await metadata.DisposeAsync();
    }

    [Fact]
    public void A_token_is_not_shown_as_text() => Assert.DoesNotContain(Secret, new AccessToken(Secret, null).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Mon Jan  2 15:04:05 UTC 2023", "2023-01-02T15:04:05Z")]
    [InlineData("Tue Nov 24 00:00:00 GMT 2026", "2026-11-24T00:00:00Z")]
    [InlineData("Mon Jan  2 15:04:05 PST 2023", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public void The_time_that_helpers_write_is_read_where_it_is_clear(string? text, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), TokenTime.FromUnixDate(text));

    private static WebApplication Quiet()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        return builder.Build();
    }

    /// <summary>A shelf of which only the account with the secret token sees anything.</summary>
    private static async Task<LoopbackShelf> StartPrivateAsync()
    {
        LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Tokens[Secret] = "user:me@example.com";
        shelf.Server.Access.AllowReading("wheels", "user:me@example.com");
        return shelf;
    }

    private static async Task Succeeds(LoopbackShelf shelf, params (string, string)[] variables)
    {
        PackageService client = shelf.Open(trustsEarlierAnswers: false, variables);
        PackagePin pin = Outcome.Value(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
        Outcome.Value(await client.FetchAsync(pin, Stop)).Dispose();
        foreach (string file in Directory.EnumerateFiles(shelf.Cache, "*", SearchOption.AllDirectories))
            Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Secret)) < 0, $"the token is in {file}");
    }

    private static async Task<Failure> Fails(LoopbackShelf shelf, string code, string reason, params (string, string)[] variables)
    {
        PackageService client = shelf.Open(trustsEarlierAnswers: false, variables);
        Failure failure = Outcome.Failure(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop), code, reason);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
        return failure;
    }

    [Fact]
    public async Task What_a_credential_helper_complains_of_is_not_told()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackageService client = shelf.Open(("LUCI_AUTH_CREDENTIAL_HELPER", StandIn.Script(shelf.Combine("helper"), $"echo 'token {Secret}' >&2\nexit 3").Path));
        Failure failure = Outcome.Failure(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop), "VPY3137", "it ended with 3");
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_credential_helper_leaves_running_is_not_waited_for()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        string child = shelf.Combine("child");
        StandIn helper = StandIn.Script(shelf.Combine("helper"), $"sleep 600 &\necho $! >'{child}'\necho '{{\"token\": \"{Secret}\"}}'");
        try
        {
            Result<AccessToken> token = await new CredentialHelperTokens(helper.Path, EnvironmentBlock.OfThisProcess()).RequestAsync(Stop);
            Assert.Equal(Secret, Outcome.Value(token).Value);
        }
        finally
        {
            using var left = System.Diagnostics.Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(child, Stop), System.Globalization.CultureInfo.InvariantCulture));
            left.Kill();
        }
    }

    [Fact]
    public async Task A_metadata_server_whose_name_is_none_is_refused()
    {
        Result<AccessToken> token = await new GceTokens(EnvironmentBlock.Of(["GCE_METADATA_HOST=bad host"])).RequestAsync(Stop);
        Outcome.Failure(token, "VPY3130", "GCE_METADATA_HOST");
    }
}
