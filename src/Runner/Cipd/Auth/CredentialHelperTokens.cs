using System.Text.Json;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>Tokens from the program that <c>LUCI_AUTH_CREDENTIAL_HELPER</c> names.</summary>
/// <param name="program">The program.</param>
/// <param name="environment">Its variables.</param>
internal sealed class CredentialHelperTokens(string program, EnvironmentBlock environment) : ITokenSource
{
    /// <summary>The variable that names the program.</summary>
    public const string Variable = "LUCI_AUTH_CREDENTIAL_HELPER";

    public string Account => $"the account of the credential helper '{Path.GetFileName(program)}'";

    public Task<Result<AccessToken>> RequestAsync(CancellationToken cancellation) =>
        new TokenProgram(program, ["-scopes", ITokenSource.Scope], environment).RunAsync(
            answer => answer.TryGetProperty("token", out JsonElement token) && token.ValueKind == JsonValueKind.String
                ? new(token.GetString()!, answer.TryGetProperty("expiry", out JsonElement expiry) && expiry.ValueKind == JsonValueKind.String ? TokenTime.FromUnixDate(expiry.GetString()) : null)
                : null,
            $"mend the program that {Variable} names, or unset the variable",
            cancellation);
}
