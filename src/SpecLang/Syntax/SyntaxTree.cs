using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Syntax;

/// <summary>
/// A document as tokens and nodes. There is one for every input: the tokens and the trivia between them are all bytes of the file, in order,
/// and what cannot be understood is tokens that no node names. Positions are those of the file, also for a spec inside a script.
/// </summary>
public sealed class SyntaxTree
{
    /// <summary>How many messages can be inside each other, the whole spec not counted: the default limit of protobuf's readers.</summary>
    public const int MaxDepth = 100;

    private readonly SyntaxToken[] _tokens;
    private readonly int _tokenCount;

    internal SyntaxTree(SpecDocument document, SyntaxToken[] tokens, int tokenCount)
    {
        Document = document;
        _tokens = tokens;
        _tokenCount = tokenCount;
    }

    /// <summary>The document.</summary>
    public SpecDocument Document { get; }

    /// <summary>The text of the whole file.</summary>
    public SourceText Text => Document.Text;

    /// <summary>All tokens of the spec in order, without trivia. The last one is <see cref="SyntaxKind.EndOfSpec"/>.</summary>
    public ReadOnlySpan<SyntaxToken> Tokens => _tokens.AsSpan(0, _tokenCount);

    /// <summary>The whole spec.</summary>
    public MessageSyntax Root { get; internal set; } = null!;

    /// <summary>What is wrong with characters, tokens and their order, in order of position.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; internal set; } = [];

    /// <summary>The marks of merge conflicts, in order of position.</summary>
    internal ImmutableArray<TextSpan> ConflictMarkers { get; set; } = [];

    /// <summary>Parses the spec of a document. Never fails; takes time in proportion to the length.</summary>
    public static SyntaxTree Parse(SpecDocument document) => SpecParser.Parse(document);

    /// <summary>
    /// The trivia before a token, back to the token before it. With the number of tokens as index: what follows the end of the spec, the rest of the script.
    /// </summary>
    public TriviaEnumerator TriviaBefore(int tokenIndex)
    {
        int end = tokenIndex < _tokenCount ? _tokens[tokenIndex].Start : Text.Length;
        return tokenIndex == 0
            ? new(new SpecLexer(Document), 0, end)
            : new(SpecLexer.Behind(Document, _tokens[tokenIndex - 1]), _tokens[tokenIndex - 1].End, end);
    }

    /// <summary>Whether the trivia before a token may have a comment in it. To look for its sign takes far less time than to cut the trivia into pieces.</summary>
    internal bool MayHaveCommentBefore(int tokenIndex)
    {
        int start = tokenIndex == 0 ? 0 : _tokens[tokenIndex - 1].End;
        int end = tokenIndex < _tokenCount ? _tokens[tokenIndex].Start : Text.Length;
        return Text.Bytes[start..end].Contains((byte)'#');
    }

    /// <summary>The index of the token that holds the offset; of the first one behind it when it lies in trivia.</summary>
    public int FindToken(int offset)
    {
        int low = 0;
        int high = _tokenCount - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_tokens[middle].End <= offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
