using System.Diagnostics;
using VPythonTools.Lsp.Protocol;

namespace VPythonTools.Lsp;

/// <summary>Answers the requests of one client. When each may come is judged by <see cref="Conversation"/>.</summary>
public sealed class LanguageServer : ILanguageServer
{
    private readonly TaskCompletionSource _clientEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the client's process has ended, if it told which one it is.</summary>
    public Task ClientEnd => _clientEnd.Task;

    /// <inheritdoc/>
    public Task<InitializeResult> InitializeAsync(InitializeParams request, CancellationToken cancellation)
    {
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
    public Task<object?> ShutdownAsync(CancellationToken cancellation) => Task.FromResult<object?>(null);

    /// <summary>A client that dies without a word leaves a server that nobody can end: it ends itself.</summary>
    private void EndWith(int client)
    {
        try
        {
            var process = Process.GetProcessById(client);
            process.EnableRaisingEvents = true;
            process.Exited += (_, _) => _clientEnd.TrySetResult();
            if (process.HasExited) _clientEnd.TrySetResult();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It is gone already, or may not be watched; the end of its pipe will tell.
        }
    }
}
