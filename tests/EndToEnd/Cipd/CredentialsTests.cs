using VPythonTools.CipdServer;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>Packages from a service that lets only one account see them, with every way to be that account.</summary>
public sealed class CredentialsTests(PackageShelf packages) : IAsyncLifetime
{
    private const string Secret = "ya29.a-secret-that-is-nowhere-else";
    private const string Insider = "user:insider@example.com";
    private const string Scope = "https://www.googleapis.com/auth/userinfo.email";

    private LocalAuthServer _localAuth = null!;
    private AccountServer _accounts = null!;
    private ServiceUser _user = null!;

    public async ValueTask InitializeAsync()
    {
        _localAuth = await LocalAuthServer.StartAsync();
        _accounts = await AccountServer.StartAsync();
        _user = await ServiceUser.StartAsync(packages.Location);
        _user.Server.Access.AllowReading("test", Insider);
        _user.Server.Tokens[Secret] = Insider;
    }

    public async ValueTask DisposeAsync()
    {
        await _user.DisposeAsync();
        await _accounts.DisposeAsync();
        await _localAuth.DisposeAsync();
    }

    [Fact]
    public void Nobody_sees_what_everybody_may_see()
    {
        _user.Server.Access.AllowReading("test", AccessRules.Everybody);
        AssertRuns();
        Assert.DoesNotContain(_user.Server.Log.Requests, request => request.HasAuthorization);
    }

    [Fact]
    public void The_account_of_a_bot_s_task_is_used()
    {
        UseLocalAuth();
        AssertRuns();
        Assert.Equal([Scope], _localAuth.Granted);
    }

    [Fact]
    public void The_login_of_a_person_is_used_where_nobody_is_refused()
    {
        StandIn luciAuth = UseLuciAuth();
        AssertRuns();
        Assert.StartsWith($"token -scopes {Scope} ", Assert.Single(luciAuth.Calls), StringComparison.Ordinal);
    }

    [Fact]
    public void The_login_of_a_person_is_not_asked_for_what_everybody_may_see()
    {
        _user.Server.Access.AllowReading("test", AccessRules.Everybody);
        StandIn luciAuth = UseLuciAuth();
        AssertRuns();
        Assert.Empty(luciAuth.Calls);
    }

    [Fact]
    public void A_credential_helper_is_used()
    {
        StandIn helper = StandIn.CredentialHelper(_user.Sandbox.Combine("helper"), Secret, TimeSpan.FromMinutes(10));
        _user.Variables["LUCI_AUTH_CREDENTIAL_HELPER"] = helper.Path;
        AssertRuns();
        Assert.Equal([$"-scopes {Scope}"], helper.Calls);
    }

    [Fact]
    public void The_key_of_a_service_account_is_used()
    {
        _accounts.ServiceAccountToken = Secret;
        _user.Variables["VPYTHON_SERVICE_ACCOUNT_JSON"] = _user.Sandbox.Write("key.json", _accounts.KeyFile);
        AssertRuns();
        Assert.Empty(_accounts.Refusals);
    }

    [Fact]
    public void The_account_of_the_machine_is_used_when_asked_for()
    {
        _accounts.MachineToken = Secret;
        _user.Variables["GCE_METADATA_HOST"] = _accounts.MetadataHost;
        Assert.Contains("[VPY3136]", _user.Run().Error, StringComparison.Ordinal);
        _user.Variables["VPYTHON_SERVICE_ACCOUNT_JSON"] = ":gce";
        AssertRuns();
        Assert.Empty(_accounts.Refusals);
    }

    [Fact]
    public void What_nobody_may_see_may_also_not_be_there_and_the_message_says_who_asked()
    {
        string error = _user.Fails("VPY3136");
        Assert.Contains("s.py.vpython3:1:", error, StringComparison.Ordinal);
        Assert.Contains("test/greeting", error, StringComparison.Ordinal);
        Assert.Contains("is not there, or may not be seen without credentials", error, StringComparison.Ordinal);
        Assert.Contains("luci-auth login", error, StringComparison.Ordinal);

        _user.Server.Tokens["outsider's"] = "user:outsider@example.com";
        _localAuth.Token = "outsider's";
        UseLocalAuth();
        error = _user.Fails("VPY3136");
        Assert.Contains("task@example.com", error, StringComparison.Ordinal);
        Assert.Contains("\"user:outsider@example.com\" is not allowed to see it", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_who_has_not_logged_in_is_told_to()
    {
        StandIn luciAuth = StandIn.LuciAuthWithoutLogin(_user.Sandbox.Combine("bin"));
        _user.Variables["PATH"] = $"{_user.Sandbox.Combine("bin")}:/usr/bin:/bin";
        string error = _user.Fails("VPY3136");
        Assert.Contains("luci-auth login", error, StringComparison.Ordinal);
        Assert.Single(luciAuth.Calls);
    }

    [Fact]
    public void A_token_that_is_refused_is_replaced_once()
    {
        UseLocalAuth();
        _user.Server.Faults.RefusedToken = new(true, 1);
        AssertRuns();
        Assert.Equal(2, _localAuth.Granted.Count);
    }

    [Fact]
    public void A_token_that_is_refused_again_is_the_end()
    {
        UseLocalAuth();
        _user.Server.Faults.RefusedToken = new(true);
        string error = _user.Fails("VPY3137");
        Assert.Contains("task@example.com", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_whose_time_is_over_by_this_machine_s_clock_is_no_endless_loop()
    {
        _localAuth.TokenLifetime = TimeSpan.FromMinutes(-5);
        UseLocalAuth();
        AssertRuns();
        Assert.InRange(_localAuth.Granted.Count, 1, 10);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(400)]
    public void A_bot_s_server_that_refuses_is_the_end(int status)
    {
        UseLocalAuth();
        _localAuth.Status = new(status);
        Assert.Contains("LUCI_CONTEXT", _user.Fails("VPY3137"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bot_s_server_that_stumbles_is_asked_again()
    {
        UseLocalAuth();
        _localAuth.Status = new(500, 1);
        AssertRuns();
    }

    [Fact]
    public void A_bot_s_server_that_tells_an_error_is_the_end_with_that_error()
    {
        UseLocalAuth();
        _localAuth.Error = new("the account is gone");
        Assert.Contains("the account is gone", _user.Fails("VPY3137"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"local_auth": 1}""")]
    [InlineData("""{"local_auth": {"rpc_port": 0, "default_account_id": "task"}}""")]
    public void A_context_that_cannot_be_read_is_warned_of_and_passed_over(string context)
    {
        _user.Server.Access.AllowReading("test", AccessRules.Everybody);
        _user.Variables["LUCI_CONTEXT"] = _user.Sandbox.Write("context.json", context);
        ProcessRun run = _user.RunsWell();
        Assert.Contains("LUCI_CONTEXT", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_without_a_default_account_is_not_used()
    {
        _user.Server.Access.AllowReading("test", AccessRules.Everybody);
        _localAuth.DefaultAccount = null;
        UseLocalAuth();
        AssertRuns();
        Assert.Empty(_localAuth.Granted);
    }

    [Theory]
    [InlineData("exit 3")]
    [InlineData("echo not JSON")]
    [InlineData("echo '{}'")]
    [InlineData("printf '{\"token\": \"a\\\\nb\"}'")]
    public void A_credential_helper_that_fails_is_the_end(string body)
    {
        _user.Server.Access.AllowReading("test", AccessRules.Everybody);
        StandIn helper = StandIn.Script(_user.Sandbox.Combine("helper"), body);
        _user.Variables["LUCI_AUTH_CREDENTIAL_HELPER"] = helper.Path;
        Assert.Contains("helper", _user.Fails("VPY3137"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_goes_to_no_other_host()
    {
        UseLocalAuth();
        _user.Server.Faults.RpcRedirect = new(true);
        _user.Server.Faults.BlobRedirect = new(true);
        ProcessRun run = _user.Run();
        Assert.NotEqual(0, run.ExitCode);
        Assert.DoesNotContain(_user.Server.Log.Requests, request => request.HasAuthorization && request.Host.StartsWith("localhost", StringComparison.Ordinal));

        _user.Server.Faults.RpcRedirect = null;
        AssertRuns();
        Assert.Contains(_user.Server.Log.Downloads, download => download.Host.StartsWith("localhost", StringComparison.Ordinal));
        Assert.DoesNotContain(_user.Server.Log.Requests, request => request.HasAuthorization && request.Host.StartsWith("localhost", StringComparison.Ordinal));
    }

    private void UseLocalAuth()
    {
        if (_localAuth.Token == "local-auth-token") _localAuth.Token = Secret;
        _user.Variables["LUCI_CONTEXT"] = _user.Sandbox.Write("context.json", _localAuth.Context);
    }

    private StandIn UseLuciAuth()
    {
        StandIn luciAuth = StandIn.LuciAuth(_user.Sandbox.Combine("bin"), Secret, TimeSpan.FromMinutes(10));
        _user.Variables["PATH"] = $"{_user.Sandbox.Combine("bin")}:/usr/bin:/bin";
        return luciAuth;
    }

    /// <summary>It runs, with everything logged, and the token is in no log and in no file.</summary>
    private void AssertRuns()
    {
        ProcessRun run = _user.RunsWell("-vpython-log-level", "debug");
        Assert.DoesNotContain(Secret, run.Error, StringComparison.Ordinal);
        ProcessRun search = _user.Sandbox.Start("/bin/grep", ["-rlF", Secret, _user.Cache, _user.Sandbox.Root, _user.Sandbox.Home, _user.Sandbox.Temporary, _user.Sandbox.Work]);
        Assert.Equal((1, ""), (search.ExitCode, search.Output));
        _user.AssertCacheIsSound();
    }
}
