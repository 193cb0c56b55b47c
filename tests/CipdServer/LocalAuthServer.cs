using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace VPythonTools.CipdServer;

/// <summary>What gives tokens to the programs of a task on a bot: LUCI's <c>local_auth</c> protocol, which a file named by <c>LUCI_CONTEXT</c> leads to.</summary>
public sealed class LocalAuthServer : IAsyncDisposable
{
    private const int LargestRequest = 64 << 10;
    private const string Account = "task";

    private readonly ConcurrentQueue<string> _requests = new();
    private readonly string _secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
    private LoopbackHost? _host;

    private LocalAuthServer()
    {
    }

    /// <summary>The token that the account has.</summary>
    public string Token { get; set; } = "local-auth-token";

    /// <summary>How long a token is good from now on; less than nothing is what a clock that goes wrong makes of it.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The account that the context names as the default; null for a context that names none, by which nobody may authenticate.</summary>
    public string? DefaultAccount { get; set; } = Account;

    /// <summary>The HTTP status of the next answers.</summary>
    public Fault<int>? Status { get; set; }

    /// <summary>The error that the next answers tell.</summary>
    public Fault<string>? Error { get; set; }

    /// <summary>Whether the secret in the context is wrong.</summary>
    public bool HasWrongSecret { get; set; }

    /// <summary>The scopes of each request that was granted, joined by commas.</summary>
    public IReadOnlyCollection<string> Granted => _requests;

    /// <summary>The content of the file that <c>LUCI_CONTEXT</c> names.</summary>
    public string Context
    {
        get
        {
            var localAuth = new JsonObject
            {
                ["rpc_port"] = new Uri(_host!.Url).Port,
                ["secret"] = HasWrongSecret ? Convert.ToBase64String(new byte[48]) : _secret,
                ["accounts"] = new JsonArray(new JsonObject { ["id"] = Account, ["email"] = "task@example.com" }),
            };
            if (DefaultAccount is not null) localAuth["default_account_id"] = DefaultAccount;
            return new JsonObject { ["local_auth"] = localAuth, ["another_section"] = new JsonObject { ["any"] = "thing" } }.ToJsonString();
        }
    }

    /// <summary>Starts a server; it listens when the task is done.</summary>
    public static async Task<LocalAuthServer> StartAsync()
    {
        var server = new LocalAuthServer();
        server._host = await LoopbackHost.StartAsync(server.HandleAsync);
        return server;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (Status is { } fault && fault.TryTake(out int status))
        {
            await RefuseAsync(context, status, "the fault that was asked for");
            return;
        }
        if (!HttpMethods.IsPost(request.Method) || request.Path != "/rpc/LuciLocalAuthService.GetOAuthToken")
        {
            await RefuseAsync(context, 404, "unknown method");
            return;
        }
        if (request.ContentType is not ("application/json" or "application/json; charset=utf-8"))
        {
            await RefuseAsync(context, 400, "the content type has to be application/json");
            return;
        }
        if (request.ContentLength is not (> 0 and < LargestRequest))
        {
            await RefuseAsync(context, 400, "the request needs a Content-Length below 64 KiB");
            return;
        }
        await GrantAsync(context);
    }

    private async Task GrantAsync(HttpContext context)
    {
        JsonElement request;
        string[] scopes;
        string secret, account;
        try
        {
            request = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement;
            scopes = [.. request.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()!)];
            secret = request.GetProperty("secret").GetString()!;
            account = request.GetProperty("account_id").GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            await RefuseAsync(context, 400, $"bad request: {exception.Message}");
            return;
        }
        if (scopes.Length == 0)
        {
            await RefuseAsync(context, 400, "field \"scopes\" is required");
            return;
        }
        if (secret != _secret)
        {
            await RefuseAsync(context, 403, "invalid secret");
            return;
        }
        if (account != Account)
        {
            await RefuseAsync(context, 404, $"unrecognized account ID \"{account}\"");
            return;
        }
        _requests.Enqueue(string.Join(',', scopes));
        JsonObject answer = Error is { } fault && fault.TryTake(out string? message)
            ? new() { ["error_code"] = 1, ["error_message"] = message }
            : new() { ["access_token"] = Token, ["expiry"] = (DateTimeOffset.UtcNow + TokenLifetime).ToUnixTimeSeconds() };
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private static async Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text + "\n");
    }
}
