namespace VPythonTools.Lsp.Transport;

/// <summary>A message, whole and of the length that was said, that is no JSON-RPC.</summary>
internal sealed class UnreadableMessageException(Exception cause) : Exception(cause.Message, cause)
{
}
