using System.Text.Json.Serialization;

namespace VPythonTools.Lsp.Protocol;

/// <summary>How the protocol's messages become JSON, without reflection.</summary>
[JsonSerializable(typeof(InitializeParams))]
[JsonSerializable(typeof(InitializeResult))]
internal sealed partial class ProtocolJson : JsonSerializerContext;
