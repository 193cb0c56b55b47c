using System.Collections.Concurrent;
using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;
using StreamJsonRpc.Reflection;
using VPythonTools.Lsp.Transport;

namespace VPythonTools.Lsp;

/// <summary>
/// What may be said when: requests from <c>initialize</c> until <c>shutdown</c>, each with an identity of its own, and nothing after <c>exit</c>. Judged where
/// messages are read, so that what was sent in one piece is judged in its order, and whether the method exists or not. The end of the conversation is
/// passed on only when every request that was read has its answer on the way: the library closes the output as soon as it sees the end of the input.
/// </summary>
internal sealed class Conversation : IJsonRpcMessageHandler, IJsonRpcMessageBufferManager
{
    private const int ServerNotInitialized = -32002;

    /// <summary>How long the end waits for answers that are not there yet.</summary>
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(2);

    private readonly MessageHandler _messages;
    private readonly Action<string> _complain;
    private readonly ConcurrentDictionary<RequestId, TaskCompletionSource> _unanswered = new();
    private readonly ConcurrentDictionary<RequestId, bool> _asked = new();
    private Stage _stage = Stage.New;

    /// <summary>A conversation over these messages.</summary>
    /// <param name="messages">Whence and whither.</param>
    /// <param name="complain">Takes lines for the log of the client: why the conversation was broken off, and errors of this program.</param>
    public Conversation(MessageHandler messages, Action<string> complain)
    {
        _messages = messages;
        _complain = complain;
    }

    private enum Stage
    {
        New,
        Open,
        Closed,
    }

    /// <summary>How the process ends after the conversation: 0 after <c>shutdown</c> and <c>exit</c>, else 1.</summary>
    public int ExitCode { get; private set; } = 1;

    /// <summary>Told when nothing more will be read: what is still at work should come to its end.</summary>
    public Action Ending { get; set; } = static () => { };

    /// <inheritdoc/>
    public bool CanRead => _messages.CanRead;

    /// <inheritdoc/>
    public bool CanWrite => _messages.CanWrite;

    /// <inheritdoc/>
    public IJsonRpcMessageFormatter Formatter => _messages.Formatter;

    /// <inheritdoc/>
    public async ValueTask<JsonRpcMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await ReadSoundAsync(cancellationToken).ConfigureAwait(false) is { } message)
        {
            if (message is not JsonRpcRequest request)
            {
                if (message is not IJsonRpcMessageWithId answer || _asked.TryRemove(answer.RequestId, out _)) return message;
                // The library takes it for a breach and ends the conversation without a word.
                _complain("an answer to nothing that was asked is passed over");
                DeserializationComplete(message);
                continue;
            }
            if (request.IsNotification)
            {
                if (request.Method == "exit")
                {
                    if (_stage == Stage.Closed) ExitCode = 0;
                    break;
                }
                if (_stage == Stage.Open) return message;
                DeserializationComplete(message);
            }
            else if (Judge(request) is { } refusal)
            {
                await RefuseAsync(request.RequestId, refusal.Code, refusal.Reason).ConfigureAwait(false);
                DeserializationComplete(message);
            }
            else
            {
                return message;
            }
        }
        Ending();
        await Task.WhenAny(Task.WhenAll(_unanswered.Values.Select(answer => answer.Task)), Task.Delay(LastAnswers, CancellationToken.None)).ConfigureAwait(false);
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(JsonRpcMessage message, CancellationToken cancellationToken)
    {
        if (message is JsonRpcRequest { IsNotification: false } question) _asked.TryAdd(question.RequestId, true);
        if (message is JsonRpcError { Error: { Data: CommonErrorData cause } error })
        {
            // The library tells the client where in this program something failed, which is for the log.
            error.Data = null;
            if (cause.TypeName == typeof(JsonException).FullName) error.Code = JsonRpcErrorCode.InvalidParams;
            else if (error.Code == JsonRpcErrorCode.InvocationError)
            {
                error.Code = JsonRpcErrorCode.InternalError;
                _complain($"{cause.TypeName}: {cause.Message}\n{cause.StackTrace}");
            }
        }
        // The library sends an empty list where a request has no arguments, and the protocol has requests that take none.
        if (message is JsonRpcRequest { ArgumentsList.Count: 0 } request) request.Arguments = null;
        try
        {
            await _messages.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (message is JsonRpcResult or JsonRpcError && _unanswered.TryRemove(((IJsonRpcMessageWithId)message).RequestId, out TaskCompletionSource? answer))
                answer.SetResult();
        }
    }

    /// <inheritdoc/>
    public void DeserializationComplete(JsonRpcMessage message) => ((IJsonRpcMessageBufferManager)_messages).DeserializationComplete(message);

    /// <summary>
    /// The next message that is one; null at the end of the input, and where headers are none: nobody knows where the next message would start. A message of known length that
    /// is no JSON-RPC is refused, and the next one is read.
    /// </summary>
    private async ValueTask<JsonRpcMessage?> ReadSoundAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await _messages.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (UnreadableMessageException exception)
            {
                string reason = exception.Message.ReplaceLineEndings(" ");
                _complain($"a message is no JSON-RPC: {reason}");
                await RefuseAsync(RequestId.Null, exception.InnerException is JsonException ? JsonRpcErrorCode.ParseError : JsonRpcErrorCode.InvalidRequest, reason).ConfigureAwait(false);
            }
            catch (EndOfStreamException)
            {
                _complain("the input ended in the middle of a message");
                return null;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                string reason = exception.Message.ReplaceLineEndings(" ");
                _complain($"the input is not a message: {reason}");
                await RefuseAsync(RequestId.Null, JsonRpcErrorCode.InvalidRequest, reason).ConfigureAwait(false);
                return null;
            }
        }
    }

    /// <summary>Why a request is refused; null where it is not.</summary>
    private (JsonRpcErrorCode Code, string Reason)? Judge(JsonRpcRequest request)
    {
        if (_stage == Stage.Closed) return (JsonRpcErrorCode.InvalidRequest, "the server is shut down");
        bool opens = request.Method == "initialize";
        if (!opens && _stage == Stage.New) return ((JsonRpcErrorCode)ServerNotInitialized, "initialize comes first");
        if (opens && _stage == Stage.Open) return (JsonRpcErrorCode.InvalidRequest, "initialize comes first and once");
        if (!_unanswered.TryAdd(request.RequestId, new(TaskCreationOptions.RunContinuationsAsynchronously)))
            return (JsonRpcErrorCode.InvalidRequest, $"the request {request.RequestId} still waits for its answer");
        if (opens) _stage = Stage.Open;
        if (request.Method == "shutdown") _stage = Stage.Closed;
        return null;
    }

    private async ValueTask RefuseAsync(RequestId id, JsonRpcErrorCode code, string reason)
    {
        JsonRpcError refusal = ((IJsonRpcMessageFactory)Formatter).CreateErrorMessage();
        refusal.RequestId = id;
        refusal.Error = new() { Code = code, Message = reason };
        try
        {
            await _messages.WriteAsync(refusal, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // A client that does not listen any more needs no answer.
        }
    }
}
