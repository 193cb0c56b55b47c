namespace VPythonTools.Lsp.Protocol;

/// <summary>What the server offers. LSP: <c>ServerCapabilities</c>.</summary>
/// <param name="PositionEncoding">The encoding in which columns are counted from here on.</param>
public sealed record ServerCapabilities(string PositionEncoding);
