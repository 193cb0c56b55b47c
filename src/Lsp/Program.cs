using System.IO.Pipelines;
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
// Given streams, the library writes to them in the background, and what it has not written when the process ends is lost.
var handler = new HeaderDelimitedMessageHandler(PipeWriter.Create(Console.OpenStandardOutput()), PipeReader.Create(Console.OpenStandardInput()), formatter);
var conversation = new Conversation(handler, line => Console.Error.WriteLine($"vpython-lsp: {line}"));
using var rpc = new JsonRpc(conversation);
rpc.AddLocalRpcTarget(
    RpcTargetMetadata.FromShape<ILanguageServer>(), server, new JsonRpcTargetOptions { UseSingleObjectParameterDeserialization = true });
rpc.StartListening();

// Whichever comes first: the end of the conversation, or of the client, which without a word is a failure.
Task first = await Task.WhenAny(rpc.Completion, server.ClientEnd).ConfigureAwait(false);
return first == rpc.Completion ? conversation.ExitCode : 1;
