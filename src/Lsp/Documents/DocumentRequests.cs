using StreamJsonRpc;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Documents;

namespace VPythonTools.Lsp.Documents;

/// <summary>
/// How requests about a document are answered. Each is called where messages are read, and takes the document of that moment with it: what it was asked of, whatever is typed
/// meanwhile. A document that is not open, is too long or is text of another format has no answer: null.
/// </summary>
/// <param name="workspace">The documents.</param>
internal sealed class DocumentRequests(ServerWorkspace workspace)
{
    /// <summary>The protocol's error for an answer that nobody can use any more, because the document is another one now.</summary>
    public const int ContentModified = -32801;

    /// <summary>The protocol's error for a request that cannot be done, by no fault of the server.</summary>
    public const int RequestFailed = -32803;

    /// <summary>Answers about the version that was asked of, even if there is a newer one: what it says of a place is still of use.</summary>
    public Task<T?> AnswerAsync<T>(string uri, Func<DocumentContext, T?> answer, CancellationToken cancellation)
        where T : class
    {
        WorkspaceSnapshot snapshot = workspace.Current;
        return snapshot.Find(uri) is not { IsTooLarge: false } document
            ? Task.FromResult<T?>(null)
            : Task.Run(() => document.Spec.Document.Kind == DocumentKind.TextFormat ? null : answer(new(document, snapshot, workspace.MapperOf(document.Text), cancellation)), cancellation);
    }

    /// <summary>Answers, unless the document is another one when the answer is there: what the client would do with it, it would do to another text.</summary>
    public Task<T?> AnswerCurrentAsync<T>(string uri, Func<DocumentContext, T?> answer, CancellationToken cancellation)
        where T : class =>
        AnswerAsync(
            uri,
            context =>
            {
                // Many requests of one version wait behind each other while somebody types.
                ThrowIfOutdated(context);
                T? result = answer(context);
                ThrowIfOutdated(context);
                return result;
            },
            cancellation);

    /// <summary>The error that tells the client why something cannot be done.</summary>
    public static LocalRpcException Refuse(string reason) => new(reason) { ErrorCode = RequestFailed };

    /// <summary>The error that tells the client to ask again.</summary>
    public static LocalRpcException Outdated() => new("the document has changed since it was asked of") { ErrorCode = ContentModified };

    private void ThrowIfOutdated(DocumentContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        if (workspace.Current.Find(context.Document.Uri)?.Open?.Version != context.Document.Open?.Version)
            throw Outdated();
    }
}
