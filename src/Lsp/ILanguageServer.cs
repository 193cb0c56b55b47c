using PolyType;
using StreamJsonRpc;
using VPythonTools.Lsp.Protocol;

namespace VPythonTools.Lsp;

/// <summary>The requests and notifications that the server understands, under the names of the Language Server Protocol.</summary>
[JsonRpcContract]
[GenerateShape(IncludeMethods = MethodShapeFlags.PublicInstance)]
public partial interface ILanguageServer
{
    /// <summary>Opens the conversation; comes first and once.</summary>
    [JsonRpcMethod("initialize")]
    Task<InitializeResult> InitializeAsync(InitializeParams request, CancellationToken cancellation);

    /// <summary>The client has read the answer to <c>initialize</c>.</summary>
    [JsonRpcMethod("initialized")]
    Task InitializedAsync(CancellationToken cancellation);

    /// <summary>Ends the work, not the process.</summary>
    [JsonRpcMethod("shutdown")]
    Task<object?> ShutdownAsync(CancellationToken cancellation);
}
