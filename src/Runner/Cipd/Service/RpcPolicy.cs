namespace VPythonTools.Runner.Cipd.Service;

/// <summary>How much patience a call has. CIPD's own client tries for 17 minutes before it says that there is no network; here it is seconds.</summary>
public sealed record RpcPolicy
{
    /// <summary>The policy for users.</summary>
    public static RpcPolicy Default { get; } = new();

    /// <summary>How long one attempt may take.</summary>
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
