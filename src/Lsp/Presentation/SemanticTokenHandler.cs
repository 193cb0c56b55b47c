using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Features.Presentation;
using SemanticTokens = VPythonTools.Lsp.Protocol.SemanticTokens;

namespace VPythonTools.Lsp.Presentation;

/// <summary>Answers <c>textDocument/semanticTokens/full</c>, <c>full/delta</c> and <c>range</c>.</summary>
/// <param name="requests">The documents.</param>
internal sealed class SemanticTokenHandler(DocumentRequests requests)
{
    private const int NumbersOfToken = 5;

    /// <summary>The last whole answer for a document, which differences are told from.</summary>
    private readonly ConcurrentDictionary<string, (string Id, int[] Data)> _last = new();
    private long _lastId;

    /// <summary>How tokens are numbered.</summary>
    public static SemanticTokensOptions Options { get; } = new(
        new([.. Enum.GetValues<SemanticTokenKind>().Select(NameOf)], [.. Enum.GetValues<SemanticTokenModifiers>().Where(static modifier => modifier != SemanticTokenModifiers.None).Select(NameOf)]),
        new(Delta: true),
        Range: true);

    /// <summary>All tokens.</summary>
    public Task<SemanticTokens?> AnswerAsync(SemanticTokensParams request, CancellationToken cancellation) => requests.AnswerCurrentAsync(
        request.TextDocument.Uri,
        context =>
        {
            int[] data = Encode(SpecLang.Features.Presentation.SemanticTokens.Of(context.Spec), context.Mapper);
            return new SemanticTokens(data) { ResultId = Remember(request.TextDocument.Uri, data) };
        },
        cancellation);

    /// <summary>What has changed since an earlier answer; all tokens where that one is forgotten.</summary>
    public Task<SemanticTokensDelta?> AnswerAsync(SemanticTokensDeltaParams request, CancellationToken cancellation) => requests.AnswerCurrentAsync(
        request.TextDocument.Uri,
        context =>
        {
            int[] data = Encode(SpecLang.Features.Presentation.SemanticTokens.Of(context.Spec), context.Mapper);
            bool isKnown = _last.TryGetValue(request.TextDocument.Uri, out (string Id, int[] Data) last) && last.Id == request.PreviousResultId;
            string id = Remember(request.TextDocument.Uri, data);
            return isKnown ? new SemanticTokensDelta { ResultId = id, Edits = Difference(last.Data, data) } : new() { ResultId = id, Data = data };
        },
        cancellation);

    /// <summary>The tokens of a part.</summary>
    public Task<SemanticTokens?> AnswerAsync(SemanticTokensRangeParams request, CancellationToken cancellation) => requests.AnswerCurrentAsync(
        request.TextDocument.Uri,
        context => new SemanticTokens(Encode(SpecLang.Features.Presentation.SemanticTokens.Of(context.Spec, context.Mapper.ToSpan(request.Range)), context.Mapper)),
        cancellation);

    /// <summary>A document is closed: nobody asks for differences any more.</summary>
    public void Forget(string uri) => _last.TryRemove(uri, out _);

    /// <summary>The one edit between the first and the last token that differ.</summary>
    internal static IReadOnlyList<SemanticTokensEdit> Difference(ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        int start = before.CommonPrefixLength(after);
        int end = 0;
        int most = Math.Min(before.Length, after.Length) - start;
        while (end < most && before[^(end + 1)] == after[^(end + 1)]) end++;
        if (start + end == before.Length && start + end == after.Length) return [];
        return [new(start, before.Length - start - end) { Data = after.Length > start + end ? after[start..^end].ToArray() : null }];
    }

    private static int[] Encode(ImmutableArray<SemanticToken> tokens, PositionMapper mapper)
    {
        int[] data = new int[tokens.Length * NumbersOfToken];
        Position last = default;
        for (int i = 0; i < tokens.Length; i++)
        {
            Protocol.Range range = mapper.ToRange(tokens[i].Span);
            Position start = range.Start;
            Span<int> token = data.AsSpan(i * NumbersOfToken, NumbersOfToken);
            token[0] = start.Line - last.Line;
            token[1] = start.Line == last.Line ? start.Character - last.Character : start.Character;
            token[2] = range.End.Character - start.Character;
            token[3] = (int)tokens[i].Kind;
            token[4] = (int)tokens[i].Modifiers;
            last = start;
        }
        return data;
    }

    private string Remember(string uri, int[] data)
    {
        string id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        _last[uri] = (id, data);
        return id;
    }

    /// <summary>The protocol's own types, which every colour theme knows.</summary>
    private static string NameOf(SemanticTokenKind kind) => kind switch
    {
        SemanticTokenKind.Comment => "comment",
        SemanticTokenKind.Directive or SemanticTokenKind.Guard or SemanticTokenKind.HeredocMark => "macro",
        SemanticTokenKind.Field => "property",
        SemanticTokenKind.Type => "type",
        SemanticTokenKind.Text => "string",
        SemanticTokenKind.Escape => "regexp",
        SemanticTokenKind.Number or SemanticTokenKind.Version => "number",
        SemanticTokenKind.Word or SemanticTokenKind.Code or SemanticTokenKind.Alternative => "enumMember",
        SemanticTokenKind.Punctuation or SemanticTokenKind.VariablePunctuation => "operator",
        SemanticTokenKind.Distribution => "class",
        _ => "variable",
    };

    private static string NameOf(SemanticTokenModifiers modifier) => modifier switch
    {
        SemanticTokenModifiers.Declaration => "declaration",
        SemanticTokenModifiers.Deprecated => "deprecated",
        _ => "unknown",
    };
}
