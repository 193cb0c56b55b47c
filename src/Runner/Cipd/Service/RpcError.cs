using VPythonTools.Runner.Cipd.Network;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Cipd.Service;

/// <summary>A call that brought no message.</summary>
/// <param name="Code">How it ended.</param>
/// <param name="Message">What the service says, or what kept it from saying anything.</param>
internal sealed record RpcError(RpcCode Code, string Message)
{
    /// <summary>Why there was no answer at all; null when there was one.</summary>
    public NetworkFault? Fault { get; init; }

    /// <summary>Why there was no token for the question; null when there was one, or none was needed.</summary>
    public Failure? TokenFailure { get; init; }

    /// <summary>Whether the same question may well be answered a moment later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Codes after which LUCI's clients ask again.</summary>
    public static bool IsTransientCode(RpcCode code) => code is RpcCode.Internal or RpcCode.Unknown or RpcCode.Unavailable or RpcCode.DeadlineExceeded;
}
