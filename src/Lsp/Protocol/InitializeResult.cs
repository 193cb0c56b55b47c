using PolyType;

namespace VPythonTools.Lsp.Protocol;

/// <summary>The answer to <see cref="InitializeParams"/>. LSP: <c>InitializeResult</c>.</summary>
/// <param name="Capabilities">What the server offers.</param>
/// <param name="ServerInfo">Who the server is.</param>
[GenerateShape]
public sealed partial record InitializeResult(ServerCapabilities Capabilities, ServerInfo ServerInfo);
