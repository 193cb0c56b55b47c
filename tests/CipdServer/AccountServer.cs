using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace VPythonTools.CipdServer;

/// <summary>
/// What gives tokens to accounts of machines: a token server that takes statements signed by a service account's key (RFC 7523), and the metadata server of a cloud machine.
/// </summary>
public sealed class AccountServer : IAsyncDisposable
{
    private const string Email = "robot@example.iam.gserviceaccount.com";
    private const string KeyId = "a-key";
    private const int Lifetime = 3600;

    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentQueue<string> _refusals = new();
    private LoopbackHost? _host;

    private AccountServer()
    {
    }

    /// <summary>The token that the service account has.</summary>
    public string ServiceAccountToken { get; set; } = "service-account-token";

    /// <summary>The token that the machine has.</summary>
    public string MachineToken { get; set; } = "machine-token";

    /// <summary>The content of the service account's file.</summary>
    public string KeyFile => new JsonObject
    {
        ["type"] = "service_account",
        ["project_id"] = "example",
        ["private_key_id"] = KeyId,
        ["private_key"] = _key.ExportPkcs8PrivateKeyPem(),
        ["client_email"] = Email,
        ["token_uri"] = TokenUri,
    }.ToJsonString();

    /// <summary>Host and port of the metadata server.</summary>
    public string MetadataHost => new Uri(_host!.Url).Authority;

    /// <summary>Why requests were refused.</summary>
    public IReadOnlyCollection<string> Refusals => _refusals;

    private string TokenUri => _host!.Url + "/token";

    /// <summary>Starts a server; it listens when the task is done.</summary>
    public static async Task<AccountServer> StartAsync()
    {
        var server = new AccountServer();
        server._host = await LoopbackHost.StartAsync(server.HandleAsync);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        _key.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string? fault = request.Path.Value switch
        {
            "/token" => await FaultOfStatementAsync(request),
            "/computeMetadata/v1/instance/service-accounts/default/token" => request.Headers["Metadata-Flavor"] == "Google" ? null : "the header Metadata-Flavor is missing",
            _ => "there is nothing here",
        };
        if (fault is not null) _refusals.Enqueue(fault);
        context.Response.StatusCode = fault is null ? 200 : 400;
        context.Response.ContentType = "application/json; charset=utf-8";
        string token = request.Path == "/token" ? ServiceAccountToken : MachineToken;
        JsonObject answer = fault is null
            ? new() { ["access_token"] = token, ["expires_in"] = Lifetime, ["token_type"] = "Bearer" }
            : new() { ["error"] = "invalid_grant", ["error_description"] = fault };
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private async Task<string?> FaultOfStatementAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType) return "the request is no form";
        IFormCollection form = await request.ReadFormAsync();
        if (form["grant_type"] != "urn:ietf:params:oauth:grant-type:jwt-bearer") return "the grant type is another";
        if (form["assertion"].ToString().Split('.') is not [{ } head, { } claims, { } signature]) return "the statement has not three parts";
        if (!_key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) return "the signature is not that of the key";
        JsonElement said = JsonDocument.Parse(Base64Url.DecodeFromChars(claims)).RootElement;
        JsonElement header = JsonDocument.Parse(Base64Url.DecodeFromChars(head)).RootElement;
        if (header.GetProperty("alg").GetString() != "RS256" || header.GetProperty("kid").GetString() != KeyId) return "the head names another key";
        if (said.GetProperty("iss").GetString() != Email) return "the statement is of somebody else";
        if (said.GetProperty("aud").GetString() != TokenUri) return "the statement is for somebody else";
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        (long from, long to) = (said.GetProperty("iat").GetInt64(), said.GetProperty("exp").GetInt64());
        if (from > now + 60 || to < now || to - from > Lifetime) return "the statement is not of now, or for longer than an hour";
        return said.GetProperty("scope").GetString() == "https://www.googleapis.com/auth/userinfo.email" ? null : "the scope is another";
    }
}
