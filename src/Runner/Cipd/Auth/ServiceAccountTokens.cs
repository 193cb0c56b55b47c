using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>Tokens for a service account whose key is in a file: a signed statement (RFC 7523) is exchanged for a token.</summary>
internal sealed class ServiceAccountTokens : ITokenSource
{
    /// <summary>The variable that names the file, or <see cref="GceTokens.Name"/>.</summary>
    public const string Variable = "VPYTHON_SERVICE_ACCOUNT_JSON";

    private const string NextStep = $"correct the file that {Variable} names, or unset the variable";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly HttpClient _client;
    private readonly string _email;
    private readonly string _keyId;
    private readonly Uri _server;
    private readonly RSA _key;

    private ServiceAccountTokens(HttpClient client, string email, string keyId, Uri server, RSA key)
    {
        _client = client;
        _email = email;
        _keyId = keyId;
        _server = server;
        _key = key;
    }

    public string Account => $"the service account '{_email}'";

    /// <summary>Reads the key. The token server that it names has to speak HTTPS, unless it is on this machine.</summary>
    /// <param name="path">The file.</param>
    /// <param name="client">The connections to the token server.</param>
    public static Result<ServiceAccountTokens> Open(string path, HttpClient client)
    {
        var key = RSA.Create();
        try
        {
            using var file = JsonDocument.Parse(RegularFile.ReadAll(path));
            JsonElement account = file.RootElement;
            if (account.GetProperty("type").GetString() != "service_account") return Refuse("it is not the key of a service account");
            key.ImportFromPem(account.GetProperty("private_key").GetString());
            if (!Uri.TryCreate(account.GetProperty("token_uri").GetString(), UriKind.Absolute, out Uri? server) || (server.Scheme != Uri.UriSchemeHttps && !server.IsLoopback))
                return Refuse("its token_uri is no address with https");
            return new ServiceAccountTokens(client, account.GetProperty("client_email").GetString()!, account.GetProperty("private_key_id").GetString() ?? "", server, key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse(exception.Message);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or CryptographicException or ArgumentException)
        {
            // Nothing of the file is repeated: it holds a key.
            return Refuse("it is not the key of a service account, or a damaged one");
        }

        Failure Refuse(string reason) => TokenFailure.Of($"the service account file '{path}'", reason, NextStep);
    }

    public Task<Result<AccessToken>> RequestAsync(CancellationToken cancellation) =>
        new TokenRequest(_client, $"the token server of {Account}", NextStep).SendAsync(
            () => new(HttpMethod.Post, _server)
            {
                Content = new FormUrlEncodedContent(
                [
                    new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
                    new("assertion", Sign(DateTimeOffset.UtcNow)),
                ]),
            },
            answer => answer.TryGetProperty("access_token", out JsonElement token) && token.ValueKind == JsonValueKind.String
                ? (new(token.GetString()!, answer.TryGetProperty("expires_in", out JsonElement seconds) && seconds.TryGetInt32(out int lifetime) ? DateTimeOffset.UtcNow.AddSeconds(lifetime) : null), null)
                : (null, null),
            cancellation);

    private string Sign(DateTimeOffset now)
    {
        string head = Encode(json =>
        {
            json.WriteString("alg", "RS256");
            json.WriteString("typ", "JWT");
            json.WriteString("kid", _keyId);
        });
        string claims = Encode(json =>
        {
            json.WriteString("iss", _email);
            json.WriteString("scope", ITokenSource.Scope);
            json.WriteString("aud", _server.AbsoluteUri);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + Lifetime).ToUnixTimeSeconds());
        });
        byte[] signature = _key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Base64Url.EncodeToString(bytes.ToArray());
    }
}
