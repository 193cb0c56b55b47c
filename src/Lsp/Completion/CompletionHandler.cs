using System.Text.Json;
using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Features.Completion;
using CompletionItem = VPythonTools.Lsp.Protocol.CompletionItem;
using CompletionList = VPythonTools.Lsp.Protocol.CompletionList;
using FoundItem = VPythonTools.SpecLang.Features.Completion.CompletionItem;

namespace VPythonTools.Lsp.Completion;

/// <summary>Answers <c>textDocument/completion</c> and <c>completionItem/resolve</c>.</summary>
/// <param name="requests">The documents.</param>
/// <param name="client">Who asks.</param>
internal sealed class CompletionHandler(DocumentRequests requests, LanguageClient client)
{
    /// <summary>The characters behind which completion comes by itself: those that begin a value or a part of one.</summary>
    public static CompletionOptions Options { get; } = new(["\"", "'", "/", ":", "$", "{", "[", "<", ",", "="], ResolveProvider: true);

    /// <summary>What can be written at a place.</summary>
    public Task<CompletionList?> AnswerAsync(CompletionParams request, CancellationToken cancellation) => requests.AnswerAsync(
        request.TextDocument.Uri,
        context =>
        {
            SpecLang.Features.Completion.CompletionList found = SpecCompletion.Complete(context.Spec, context.Mapper.ToOffset(request.Position));
            return found.Items.IsEmpty ? null : new CompletionList(found.IsIncomplete, [.. found.Items.Select(item => Convert(item, context))]);
        },
        cancellation);

    /// <summary>An item with what there is to know of it.</summary>
    public async Task<CompletionItem> ResolveAsync(CompletionItem item, CancellationToken cancellation)
    {
        if (item.Data is not { ValueKind: JsonValueKind.Object } data || !TryRead(data, "uri", out string? uri) || !TryRead(data, "key", out string? key)) return item;
        string? markdown = await requests.AnswerAsync(uri, context => SpecCompletion.Describe(context.Spec, key), cancellation).ConfigureAwait(false);
        return markdown is null ? item : item with { Documentation = client.Profile.CompletionContent(markdown) };
    }

    private CompletionItem Convert(FoundItem item, DocumentContext context)
    {
        bool isSnippet = item.IsSnippet && client.Profile.HasSnippets;
        string text = item.IsSnippet && !isSnippet ? SnippetText.WithoutPlaces(item.Change.NewText) : item.Change.NewText;
        return new(item.Label)
        {
            Kind = KindOf(item.Kind),
            Tags = item.IsDeprecated ? [CompletionItemTag.Deprecated] : null,
            Detail = item.Detail.Length > 0 ? item.Detail : null,
            Preselect = item.IsPreselected ? true : null,
            SortText = item.SortText.Length > 0 ? item.SortText : null,
            FilterText = item.FilterText,
            InsertTextFormat = isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
            // Lines have their indentation and their comment prefix already.
            InsertTextMode = text.Contains('\n', StringComparison.Ordinal) ? InsertTextMode.AsIs : null,
            TextEdit = new(context.Mapper.ToRange(item.Change.Span), text),
            AdditionalTextEdits = item.AdditionalChanges.IsEmpty ? null : context.Mapper.ToEdits(item.AdditionalChanges),
            Data = item.Key.Length > 0 ? ProtocolJson.ToElement(new CompletionItemData(context.Document.Uri, item.Key)) : null,
        };
    }

    private static CompletionItemKind KindOf(CompletionKind kind) => kind switch
    {
        CompletionKind.Field => CompletionItemKind.Field,
        CompletionKind.Wheel => CompletionItemKind.Module,
        CompletionKind.WheelBlock or CompletionKind.Bundle or CompletionKind.Skeleton => CompletionItemKind.Snippet,
        CompletionKind.TemplateVariable => CompletionItemKind.Variable,
        CompletionKind.Tag => CompletionItemKind.EnumMember,
        CompletionKind.DiagnosticCode => CompletionItemKind.Constant,
        _ => CompletionItemKind.Value,
    };

    private static bool TryRead(JsonElement data, string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
    {
        text = data.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null;
    }
}
