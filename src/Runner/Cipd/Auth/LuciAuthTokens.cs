using System.Text.Json;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>Tokens of a person who logged in once, from <c>luci-auth token</c>; the files in which it keeps the login are its own business.</summary>
/// <param name="program">The path of <c>luci-auth</c>.</param>
/// <param name="environment">Its variables.</param>
internal sealed class LuciAuthTokens(string program, EnvironmentBlock environment) : ITokenSource
{
    public string Account => "the account of 'luci-auth'";

    public Task<Result<AccessToken>> RequestAsync(CancellationToken cancellation) =>
        new TokenProgram(program, ["token", "-scopes", ITokenSource.Scope, "-lifetime", "3m", "-json-output", "-"], environment).RunAsync(
            answer => answer.TryGetProperty("token", out JsonElement token) && token.ValueKind == JsonValueKind.String
                ? new(token.GetString()!, answer.TryGetProperty("expiry", out JsonElement expiry) && expiry.TryGetInt64(out long seconds) ? TokenTime.FromUnix(seconds) : null)
                : null,
            $"log in with: luci-auth login -scopes {ITokenSource.Scope}",
            cancellation);

    /// <summary>The program on PATH; null when there is none.</summary>
    public static LuciAuthTokens? Find(EnvironmentBlock environment) => PathSearch.Find("luci-auth", environment) is { } program ? new(program, environment) : null;
}
