namespace VPythonTools.Lsp.Protocol;

/// <summary>What a client can do, as far as it matters here. LSP: <c>ClientCapabilities</c>.</summary>
public sealed record ClientCapabilities
{
    /// <summary>What belongs to no feature.</summary>
    public GeneralClientCapabilities? General { get; init; }
}
