using System.Collections.Immutable;
using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Formatting;

/// <summary>Answers <c>textDocument/formatting</c>, <c>rangeFormatting</c> and <c>onTypeFormatting</c>. The style is that of <c>vpython3 fmt</c> and of <c>.editorconfig</c>, whatever the editor indents by.</summary>
/// <param name="requests">The documents.</param>
internal sealed class FormattingHandler(DocumentRequests requests)
{
    /// <summary>The characters behind which text is laid out: the end of a line, and what closes a message or list.</summary>
    public static DocumentOnTypeFormattingOptions Triggers { get; } = new("\n", [">", "}", "]"]);

    /// <summary>The whole document.</summary>
    public Task<IReadOnlyList<TextEdit>?> FormatAsync(DocumentFormattingParams request, CancellationToken cancellation) =>
        Answer(request.TextDocument, static (context, options) => SpecFormatter.Format(context.Spec.Tree, options), cancellation);

    /// <summary>The fields that a part of it touches.</summary>
    public Task<IReadOnlyList<TextEdit>?> FormatRangeAsync(DocumentRangeFormattingParams request, CancellationToken cancellation) =>
        Answer(request.TextDocument, (context, options) => RangeFormatter.Format(context.Spec.Tree, context.Mapper.ToSpan(request.Range), options), cancellation);

    /// <summary>What was typed.</summary>
    public Task<IReadOnlyList<TextEdit>?> FormatTypedAsync(DocumentOnTypeFormattingParams request, CancellationToken cancellation) =>
        Answer(
            request.TextDocument,
            (context, options) =>
            {
                int offset = context.Mapper.ToOffset(request.Position);
                return request.Typed == "\n" ? TypedFormatter.AfterLineBreak(context.Spec.Tree, offset, options) : TypedFormatter.AfterBracket(context.Spec.Tree, offset, options);
            },
            cancellation);

    private Task<IReadOnlyList<TextEdit>?> Answer(TextDocumentIdentifier document, Func<DocumentContext, FormatOptions, ImmutableArray<TextChange>> format, CancellationToken cancellation) =>
        requests.AnswerCurrentAsync(document.Uri, context => context.Mapper.ToEdits(format(context, context.Spec.Settings.Format)), cancellation);
}
