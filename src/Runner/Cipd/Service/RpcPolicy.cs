namespace VPythonTools.Runner.Cipd.Service;

/// <summary>How much patience a call has. CIPD's own client tries for 17 minutes before it says that there is no network; here it is seconds.</summary>
public sealed record RpcPolicy
{
    /// <summary>The policy for users.</summary>
    public static RpcPolicy Default { get; } = new();

    /// <summary>How long a connection may take: with the proxy's part of it, and with TLS. Names and TCP have a limit of their own, which is shorter.</summary>
    public TimeSpan Connection { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a service that has said nothing yet is waited for, its connection included. It is asked once: whoever says nothing at all will not do so a moment later.</summary>
    public TimeSpan FirstAnswer { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one attempt may take with a service that has answered before.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long all attempts may take together.</summary>
    public TimeSpan Overall { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How often a service that answers is asked.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>How often a service that does not answer is asked.</summary>
    public int AttemptsWithoutAnswer { get; init; } = 3;

    /// <summary>The first pause between two attempts; each one is twice the one before, more or less.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(250);
}
