namespace VPythonTools.Runner.Cipd.Network;

/// <summary>No connection was made, and it is known why. It passes through the HTTP client.</summary>
/// <param name="fault">Why.</param>
internal sealed class ConnectException(NetworkFault fault) : IOException(fault.Reason)
{
    public NetworkFault Fault { get; } = fault;
}
