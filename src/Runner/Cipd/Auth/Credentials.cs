using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Cipd.Network;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>
/// Who asks the service, chosen in the order of LUCI's own library: a service account that is named, the account of a bot's task, a credential helper, a person's login, nobody. A login that
/// merely is there is used only when the service refuses to answer nobody; the others are used always, and when one of them fails, that is a failure. Tokens are kept in memory alone.
/// </summary>
internal sealed class Credentials : IDisposable
{
    private readonly ITokenSource? _source;
    private readonly SemaphoreSlim _asking = new(1);
    private AccessToken? _token;
    private Failure? _refusal;

    private Credentials(ITokenSource? source, bool isOnDemand)
    {
        _source = source;
        IsOnDemand = isOnDemand;
    }

    /// <summary>Nobody.</summary>
    public static Credentials Anonymous => new(null, false);

    /// <summary>Whether the source is asked only when the service refuses to answer nobody.</summary>
    public bool IsOnDemand { get; }

    /// <summary>Whether there is anybody to ask for a token.</summary>
    public bool HasSource => _source is not null;

    /// <summary>The account as messages name it.</summary>
    public string Account => _source?.Account ?? "nobody (no credentials)";

    /// <summary>Chooses the source for a service.</summary>
    public static Result<Credentials> Choose(CipdSettings settings, ServiceAddress service, HttpTransport transport, Log log)
    {
        // The proxy has credentials of its own; and what goes in clear text to another machine is no secret any more.
        if (settings.ProxySocket is not null) return Anonymous;
        if (service.IsOpenToOthers)
        {
            log.Debug($"no credentials are sent to {service}: it is not encrypted");
            return Anonymous;
        }
        if (settings.Environment.NonEmpty(ServiceAccountTokens.Variable) is { } file)
        {
            if (file == GceTokens.Name) return new Credentials(new GceTokens(settings.Environment), false);
            return ServiceAccountTokens.Open(file, transport.Service).Then<Credentials>(account => new Credentials(account, false));
        }
        if (LocalAuthTokens.Find(settings.Environment, log) is { } task) return new Credentials(task, false);
        if (settings.Environment.NonEmpty(CredentialHelperTokens.Variable) is { } helper) return new Credentials(new CredentialHelperTokens(helper, settings.Environment), false);
        return LuciAuthTokens.Find(settings.Environment) is { } login ? new Credentials(login, true) : Anonymous;
    }

    /// <summary>A token that is good now.</summary>
    public async Task<Result<AccessToken>> GetAsync(CancellationToken cancellation)
    {
        await _asking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_token is { } known && known.IsGood(DateTimeOffset.UtcNow)) return known;
            if (_refusal is not null) return _refusal;
            if ((await _source!.RequestAsync(cancellation).ConfigureAwait(false)).TryGet(out AccessToken? token, out Failure? failure)) return _token = token;

            // Whoever gives no token gives none for all that is asked: a helper that takes long to fail is not waited for once for each package.
            return _refusal = failure;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Forgets a token that the service does not take, unless it has been replaced.</summary>
    public void Reject(AccessToken token) => Interlocked.CompareExchange(ref _token, null, token);

    /// <summary>Forgets everything.</summary>
    public void Dispose() => _asking.Dispose();
}
