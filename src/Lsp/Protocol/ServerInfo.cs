namespace VPythonTools.Lsp.Protocol;

/// <summary>Who the server is. LSP: <c>InitializeResult.serverInfo</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
public sealed record ServerInfo(string Name, string Version);
