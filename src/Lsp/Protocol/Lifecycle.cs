using System.Text.Json;

namespace VPythonTools.Lsp.Protocol;

/// <summary>What a client says of itself when it opens the conversation.</summary>
internal sealed record InitializeParams
{
    /// <summary>The process that started the server; null when none did.</summary>
    public int? ProcessId { get; init; }

    public ClientCapabilities? Capabilities { get; init; }

    /// <summary>What only this server understands; read with care, since anybody can write anything there.</summary>
    public JsonElement? InitializationOptions { get; init; }

    public string? RootPath { get; init; }

    public string? RootUri { get; init; }

    public string? Trace { get; init; }

    public IReadOnlyList<WorkspaceFolder>? WorkspaceFolders { get; init; }
}

/// <summary>The answer to <see cref="InitializeParams"/>.</summary>
internal sealed record InitializeResult(ServerCapabilities Capabilities, ServerInfo ServerInfo);

/// <summary>Who the server is.</summary>
internal sealed record ServerInfo(string Name, string Version);

/// <summary>The client has read the answer to <c>initialize</c>.</summary>
internal sealed record InitializedParams;

/// <summary>How much the client wants to be told of what the server does: <c>off</c>, <c>messages</c>, <c>verbose</c>.</summary>
internal sealed record SetTraceParams(string? Value);

/// <summary>A directory that the client works in.</summary>
internal sealed record WorkspaceFolder(string Uri, string Name);
