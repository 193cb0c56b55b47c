using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>Somebody who gives tokens for the service.</summary>
internal interface ITokenSource
{
    /// <summary>What the service needs to know: who it is.</summary>
    const string Scope = "https://www.googleapis.com/auth/userinfo.email";

    /// <summary>The account as messages name it, such as <c>the account 'task@example.com' (LUCI_CONTEXT)</c>.</summary>
    string Account { get; }

    /// <summary>Asks for a token.</summary>
    Task<Result<AccessToken>> RequestAsync(CancellationToken cancellation);
}
