using System.Text.Json;
using System.Text.Json.Serialization;
using StreamJsonRpc;
using VPythonTools.Lsp;
using VPythonTools.Lsp.Protocol;

string[] unknown = [.. args.Where(argument => argument is not "--stdio")];
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"vpython-lsp: unknown argument '{unknown[0]}'; the only one is --stdio, which is also the default");
    return 2;
}

var server = new LanguageServer();
#pragma warning disable PolyTypeJson // The only formatter that works without reflection; its version is pinned.
var formatter = new PolyTypeJsonFormatter
{
    TypeShapeProvider = PolyType.SourceGenerator.TypeShapeProvider_vpython_lsp.Default,
    JsonSerializerOptions =
    {
        TypeInfoResolver = ProtocolJson.Default,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    },
};
#pragma warning restore PolyTypeJson
var handler = new HeaderDelimitedMessageHandler(Console.OpenStandardOutput(), Console.OpenStandardInput(), formatter);
using var rpc = new JsonRpc(handler);
rpc.AddLocalRpcTarget(
    RpcTargetMetadata.FromShape<ILanguageServer>(), server, new JsonRpcTargetOptions { UseSingleObjectParameterDeserialization = true });
rpc.StartListening();

// Whichever comes first: the client says exit, or its end of the pipe closes, which without a word is a failure.
Task first = await Task.WhenAny(server.Exit, rpc.Completion).ConfigureAwait(false);
return first == server.Exit || server.Exit.IsCompleted ? await server.Exit.ConfigureAwait(false) : 1;
