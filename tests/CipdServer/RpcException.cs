using Google.Protobuf;

namespace VPythonTools.CipdServer;

/// <summary>An RPC that is answered with an error.</summary>
/// <param name="code">The status.</param>
/// <param name="message">The text for the caller; replaced by a general one where the status is the server's own fault.</param>
public sealed class RpcException(RpcCode code, string message) : Exception(message)
{
    /// <summary>The status.</summary>
    public RpcCode Code { get; } = code;

    /// <summary>The HTTP status, where it is not the one that belongs to the code.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>A detail that goes with the status.</summary>
    public IMessage? Detail { get; init; }
}
