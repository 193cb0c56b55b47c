using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using StreamJsonRpc;
using VPythonTools.Lsp;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Transport;

var options = ServerOptions.Read(args, out string? problem);
if (problem is not null)
{
    Console.Error.WriteLine($"vpython-lsp: {problem}; --help lists the arguments");
    return 2;
}
if (options.ShowsHelp)
{
    Console.Out.Write(ServerOptions.Help);
    return 0;
}
if (options.ShowsVersion)
{
    Console.Out.WriteLine($"vpython-lsp {LanguageServer.Version}");
    return 0;
}

Connection connection;
try
{
    connection = await Connection.OpenAsync(options).ConfigureAwait(false);
}
catch (Exception exception) when (exception is IOException or SocketException or TimeoutException or ArgumentException)
{
    Console.Error.WriteLine($"vpython-lsp: the client cannot be reached at {options.Pipe ?? $"port {options.Port}"}: {exception.Message}");
    return 1;
}

#pragma warning disable PolyTypeJson // The only formatter that works without reflection; its version is pinned.
var formatter = new PolyTypeJsonFormatter
{
    TypeShapeProvider = PolyType.SourceGenerator.TypeShapeProvider_vpython_lsp.Default,
    JsonSerializerOptions =
    {
        TypeInfoResolver = ProtocolJson.Default,
        MaxDepth = ProtocolJson.MaximumDepth,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    },
};
#pragma warning restore PolyTypeJson
var client = new LanguageClient();
using var server = new LanguageServer(client);
var conversation = new Conversation(new MessageHandler(connection.Writer, connection.Reader, formatter), static line => Console.Error.WriteLine($"vpython-lsp: {line}"));
conversation.Ending = server.EndWork;
using var rpc = new JsonRpc(conversation);
rpc.AddLocalRpcTarget(
    RpcTargetMetadata.FromShape<ILanguageServer>(), server, new JsonRpcTargetOptions { UseSingleObjectParameterDeserialization = true });
client.Connect(rpc);
if (options.ClientProcess is { } process) server.EndWith(process, endsWithoutIt: true);
rpc.StartListening();

// Whichever comes first: the end of the conversation, or of the client, which without a word is a failure.
Task first = await Task.WhenAny(rpc.Completion, server.ClientEnd).ConfigureAwait(false);
return first == rpc.Completion ? conversation.ExitCode : 1;
