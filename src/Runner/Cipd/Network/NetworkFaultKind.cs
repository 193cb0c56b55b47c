namespace VPythonTools.Runner.Cipd.Network;

/// <summary>What keeps two machines from talking.</summary>
public enum NetworkFaultKind
{
    /// <summary>The host's name has no address.</summary>
    NameNotFound,

    /// <summary>Nothing listens at the address.</summary>
    Refused,

    /// <summary>There is no way to the address.</summary>
    Unreachable,

    /// <summary>There was no answer in time.</summary>
    TimedOut,

    /// <summary>The other side's certificate is not trusted, or the two do not agree on encryption.</summary>
    NotTrusted,

    /// <summary>The proxy does not let the connection through, or cannot be reached itself.</summary>
    Proxy,

    /// <summary>The proxy wants to know who asks, or does not take the credentials that it is given.</summary>
    ProxyLogin,

    /// <summary>The connection broke off, or what came is not HTTP.</summary>
    Broken,
}
