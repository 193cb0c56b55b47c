using System.Diagnostics.CodeAnalysis;

namespace VPythonTools.Runner.Cipd.Service;

/// <summary>What a call brought: a message, or an error.</summary>
/// <typeparam name="T">The type of the message.</typeparam>
internal readonly struct RpcAnswer<T>
    where T : class
{
    private readonly T? _message;
    private readonly RpcError? _error;

    private RpcAnswer(T? message, RpcError? error)
    {
        _message = message;
        _error = error;
    }

    /// <summary>The error; null when there is a message.</summary>
    public RpcError? Error => _error;

    /// <summary>Whether there is a message, and which.</summary>
    public bool TryGet([NotNullWhen(true)] out T? message, [NotNullWhen(false)] out RpcError? error)
    {
        message = _message;
        error = _error;
        return error is null;
    }

    /// <summary>A message.</summary>
    public static implicit operator RpcAnswer<T>(T message) => new(message, null);

    /// <summary>An error.</summary>
    public static implicit operator RpcAnswer<T>(RpcError error) => new(null, error);
}
