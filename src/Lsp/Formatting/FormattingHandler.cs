using System.Collections.Immutable;
using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Features.Formatting;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Formatting;

/// <summary>Answers <c>textDocument/formatting</c>, <c>rangeFormatting</c> and <c>onTypeFormatting</c>. The style is that of <c>vpython3 fmt</c> and of <c>.editorconfig</c>, whatever the editor indents by.</summary>
/// <param name="requests">The documents.</param>
internal sealed class FormattingHandler(DocumentRequests requests)
{
    /// <summary>The characters behind which text is laid out: the end of a line, and what closes a message.</summary>
    public static DocumentOnTypeFormattingOptions Triggers { get; } = new(OnTypeFormatting.Triggers[0].ToString(), [.. OnTypeFormatting.Triggers[1..].Select(static trigger => trigger.ToString())]);

    /// <summary>The whole document.</summary>
    public Task<IReadOnlyList<TextEdit>?> AnswerAsync(DocumentFormattingParams request, CancellationToken cancellation) =>
        AnswerAsync(request.TextDocument, static context => SpecFormatter.Format(context.Spec.Tree, context.Spec.Settings.Format), cancellation);

    /// <summary>The fields that a part of it touches.</summary>
    public Task<IReadOnlyList<TextEdit>?> AnswerAsync(DocumentRangeFormattingParams request, CancellationToken cancellation) =>
        AnswerAsync(request.TextDocument, context => RangeFormatting.Format(context.Spec, context.Mapper.ToSpan(request.Range)), cancellation);

    /// <summary>What was typed.</summary>
    public Task<IReadOnlyList<TextEdit>?> AnswerAsync(DocumentOnTypeFormattingParams request, CancellationToken cancellation) =>
        AnswerAsync(
            request.TextDocument,
            context => request.Typed is [var typed] ? OnTypeFormatting.Format(context.Spec, context.Mapper.ToOffset(request.Position), typed) : [],
            cancellation);

    private Task<IReadOnlyList<TextEdit>?> AnswerAsync(TextDocumentIdentifier document, Func<DocumentContext, ImmutableArray<TextChange>> format, CancellationToken cancellation) =>
        requests.AnswerCurrentAsync(document.Uri, context => context.Mapper.ToEdits(format(context)), cancellation);
}
