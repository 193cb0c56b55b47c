using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>
/// Tokens from the server that a bot runs for its tasks, which <c>LUCI_CONTEXT</c> describes (section <c>local_auth</c>). It is asked directly, never through a proxy.
/// </summary>
internal sealed class LocalAuthTokens : ITokenSource
{
    private const string Variable = "LUCI_CONTEXT";

    private readonly int _port;
    private readonly byte[] _request;

    private LocalAuthTokens(int port, string secret, string account, string? email)
    {
        _port = port;
        _request = WriteRequest(secret, account);
        Account = $"the account '{email ?? account}' (LUCI_CONTEXT)";
    }

    public string Account { get; }

    /// <summary>The server that the variable leads to; null when it leads to none. A file that is missing or malformed is warned of and passed over, as CIPD's client does.</summary>
    public static LocalAuthTokens? Find(EnvironmentBlock environment, Log log)
    {
        if (environment.NonEmpty(Variable) is not { } path) return null;
        try
        {
            using var context = JsonDocument.Parse(RegularFile.ReadAll(path));
            return Read(context.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            log.Warning($"the file '{path}' that {Variable} names is passed over: {(exception is IOException or UnauthorizedAccessException ? exception.Message : "it is not what it should be")}");
            return null;
        }
    }

    /// <summary>Asks the server. The body has a length, which the server wants.</summary>
    public Task<Result<AccessToken>> RequestAsync(CancellationToken cancellation)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/rpc/LuciLocalAuthService.GetOAuthToken"));
        return new TokenRequest(TokenRequest.Direct, "the local authentication server of LUCI_CONTEXT", "ask those who run the bot; without LUCI_CONTEXT, packages that everybody may read still come")
            .SendAsync(
                () =>
                {
                    var body = new ByteArrayContent(_request);
                    body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                    return new(HttpMethod.Post, address) { Content = body };
                },
                Read,
                cancellation);

        static (AccessToken?, string?) Read(JsonElement answer)
        {
            if (answer.TryGetProperty("error_code", out JsonElement code) && code.TryGetInt64(out long number) && number != 0)
                return (null, $"error {number}{(answer.TryGetProperty("error_message", out JsonElement message) ? $", {message}" : "")}");
            return answer.TryGetProperty("access_token", out JsonElement token) && token.ValueKind == JsonValueKind.String
                ? (new(token.GetString()!, answer.TryGetProperty("expiry", out JsonElement expiry) && expiry.TryGetInt64(out long seconds) ? TokenTime.FromUnix(seconds) : null), null)
                : (null, null);
        }
    }

    private static LocalAuthTokens? Read(JsonElement context)
    {
        if (!context.TryGetProperty("local_auth", out JsonElement section)) return null;
        if (!section.TryGetProperty("default_account_id", out JsonElement defaultAccount) || defaultAccount.GetString() is not { Length: > 0 } account) return null;
        int port = section.GetProperty("rpc_port").GetInt32();
        if (port is < 1 or > ushort.MaxValue) throw new JsonException("The port is none.");
        string? email = section.TryGetProperty("accounts", out JsonElement accounts)
            ? accounts.EnumerateArray()
                .Where(candidate => candidate.GetProperty("id").GetString() == account)
                .Select(candidate => candidate.TryGetProperty("email", out JsonElement address) ? address.GetString() : null)
                .FirstOrDefault()
            : null;
        return new(port, section.GetProperty("secret").GetString() ?? "", account, string.IsNullOrEmpty(email) ? null : email);
    }

    private static byte[] WriteRequest(string secret, string account)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("scopes");
            json.WriteStringValue(ITokenSource.Scope);
            json.WriteEndArray();
            json.WriteString("secret", secret);
            json.WriteString("account_id", account);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
