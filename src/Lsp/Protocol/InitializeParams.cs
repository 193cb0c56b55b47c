using PolyType;

namespace VPythonTools.Lsp.Protocol;

/// <summary>What a client says of itself when it opens the conversation. LSP: <c>InitializeParams</c>.</summary>
[GenerateShape]
public sealed partial record InitializeParams
{
    /// <summary>The process that started the server; null when none did.</summary>
    public int? ProcessId { get; init; }

    /// <summary>What the client can do.</summary>
    public ClientCapabilities? Capabilities { get; init; }
}
