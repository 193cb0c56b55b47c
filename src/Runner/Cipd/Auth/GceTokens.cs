using System.Text.Json;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>Tokens of the machine's own account on Google Compute Engine. Used only when asked for: elsewhere the question would hang, and a machine's account is nobody's.</summary>
/// <param name="environment">The variables; <c>GCE_METADATA_HOST</c> names another metadata server, as in Google's libraries.</param>
internal sealed class GceTokens(EnvironmentBlock environment) : ITokenSource
{
    /// <summary>What asks for it in place of a file's name.</summary>
    public const string Name = ":gce";

    public string Account => "the account of this machine (GCE)";

    public Task<Result<AccessToken>> RequestAsync(CancellationToken cancellation)
    {
        string host = environment.NonEmpty("GCE_METADATA_HOST") ?? "metadata.google.internal";
        string url = $"http://{host}/computeMetadata/v1/instance/service-accounts/default/token?scopes={Uri.EscapeDataString(ITokenSource.Scope)}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address))
            return Task.FromResult<Result<AccessToken>>(new Failure("VPY3130", $"GCE_METADATA_HOST is not the name of a host: '{AddressText.Of(host)}'") { NextStep = "correct the variable, or unset it", IsOfAll = true });
        return new TokenRequest(TokenRequest.Direct, "the metadata server of this machine", $"set {ServiceAccountTokens.Variable} to {Name} on GCE only").SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.Add("Metadata-Flavor", "Google");
                return request;
            },
            answer => answer.TryGetProperty("access_token", out JsonElement token) && token.ValueKind == JsonValueKind.String
                ? (new(token.GetString()!, answer.TryGetProperty("expires_in", out JsonElement seconds) && seconds.TryGetInt32(out int lifetime) ? DateTimeOffset.UtcNow.AddSeconds(lifetime) : null), null)
                : (null, null),
            cancellation);
    }
}
