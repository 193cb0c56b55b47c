using System.Diagnostics;
using StreamJsonRpc;
using VPythonTools.Lsp.Protocol;

namespace VPythonTools.Lsp;

/// <summary>The life of a server: opened by <c>initialize</c>, closed by <c>shutdown</c>, ended by <c>exit</c>, or with its client.</summary>
public sealed class LanguageServer : ILanguageServer
{
    private const int ServerNotInitialized = -32002;
    private const int InvalidRequest = -32600;

    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Stage _stage = Stage.New;

    private enum Stage
    {
        New,
        Open,
        Closed,
    }

    /// <summary>The exit code, when the client has asked the process to end: 0 after a <c>shutdown</c>, 1 without one.</summary>
    public Task<int> Exit => _exit.Task;

    /// <inheritdoc/>
    public Task<InitializeResult> InitializeAsync(InitializeParams request, CancellationToken cancellation)
    {
        if (_stage != Stage.New) throw new LocalRpcException("initialize comes first and once") { ErrorCode = InvalidRequest };
        _stage = Stage.Open;
        if (request.ProcessId is { } client) EndWith(client);
        string encoding = request.Capabilities?.General?.PositionEncodings?.Contains(PositionEncodingKind.Utf8) == true
            ? PositionEncodingKind.Utf8
            : PositionEncodingKind.Utf16;
        string version = typeof(LanguageServer).Assembly.GetName().Version!.ToString(3);
        return Task.FromResult(new InitializeResult(new ServerCapabilities(encoding), new ServerInfo("vpython-lsp", version)));
    }

    /// <inheritdoc/>
    public Task InitializedAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<object?> ShutdownAsync(CancellationToken cancellation)
    {
        if (_stage == Stage.New) throw new LocalRpcException("initialize comes first") { ErrorCode = ServerNotInitialized };
        if (_stage == Stage.Closed) throw new LocalRpcException("the server is shut down") { ErrorCode = InvalidRequest };
        _stage = Stage.Closed;
        return Task.FromResult<object?>(null);
    }

    /// <inheritdoc/>
    public Task ExitAsync(CancellationToken cancellation)
    {
        _exit.TrySetResult(_stage == Stage.Closed ? 0 : 1);
        return Task.CompletedTask;
    }

    /// <summary>A client that dies without a word leaves a server that nobody can end: it ends itself.</summary>
    private void EndWith(int client)
    {
        try
        {
            var process = Process.GetProcessById(client);
            process.EnableRaisingEvents = true;
            process.Exited += (_, _) => _exit.TrySetResult(1);
            if (process.HasExited) _exit.TrySetResult(1);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It is gone already, or may not be watched; the end of its pipe will tell.
        }
    }
}
