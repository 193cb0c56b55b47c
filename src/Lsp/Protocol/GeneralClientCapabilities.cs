namespace VPythonTools.Lsp.Protocol;

/// <summary>What a client can do that belongs to no feature. LSP: <c>GeneralClientCapabilities</c>.</summary>
public sealed record GeneralClientCapabilities
{
    /// <summary>The encodings in which the client can count columns, the preferred one first; absent means UTF-16 only.</summary>
    public IReadOnlyList<string>? PositionEncodings { get; init; }
}
