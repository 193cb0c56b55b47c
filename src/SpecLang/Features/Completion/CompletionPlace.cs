using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>
/// Where in a spec a cursor is. The tree says which message it is in, since it knows what was meant by brackets that do not match; what can stand there
/// the tokens before it say, since a text that is being typed is rarely a tree.
/// </summary>
internal sealed class CompletionPlace
{
    private string? _lineStart;
    private string _gap = "";

    private CompletionPlace(SyntaxTree tree, int offset)
    {
        Tree = tree;
        Offset = offset;
        Span = new(offset, 0);
    }

    /// <summary>The syntax.</summary>
    public SyntaxTree Tree { get; }

    /// <summary>The cursor.</summary>
    public int Offset { get; }

    /// <summary>What can stand there.</summary>
    public CompletionPlaceKind Kind { get; private set; }

    /// <summary>The message that the cursor is in; null where the schema does not know it.</summary>
    public MessageDescriptor? Message { get; private set; }

    /// <summary>The message in the text.</summary>
    public MessageSyntax Syntax { get; private set; } = null!;

    /// <summary>The field whose value is at the cursor; null elsewhere.</summary>
    public FieldDescriptor? Field { get; private set; }

    /// <summary>What is replaced: the word, or the inside of the string; empty between tokens.</summary>
    public TextSpan Span { get; private set; }

    /// <summary>The string that the cursor is in; null elsewhere.</summary>
    public SyntaxToken? String { get; private set; }

    /// <summary>The comment that the cursor is in; empty elsewhere.</summary>
    public TextSpan Comment { get; private set; }

    /// <summary>Whether the string that the cursor is in ends on its line.</summary>
    public bool IsStringTerminated => String is { Fault: not TokenFault.UnterminatedString };

    /// <summary>What is typed: the replaced text up to the cursor.</summary>
    public string Typed => Tree.Text.ToString(TextSpan.FromBounds(Span.Start, Math.Max(Span.Start, Offset)));

    /// <summary>Whether a colon or a message stands behind the word, so that only the name is wanted.</summary>
    public bool IsBeforeValue => Tree.Tokens[Tree.FindToken(Span.End)].Kind is SyntaxKind.Colon or SyntaxKind.OpenAngle or SyntaxKind.OpenBrace && IsOnLineOfSpan(Tree.FindToken(Span.End));

    /// <summary>Whether the message that the cursor is in begins on the cursor's line: what is added then stays on it.</summary>
    public bool IsWithinLine => !Syntax.IsRoot && Tree.Text.GetLine(Syntax.Span.Start) == Tree.Text.GetLine(Offset);

    /// <summary>Whether messages are in braces here: as the message that the cursor is in, or the first of the spec.</summary>
    public bool UsesBraces
    {
        get
        {
            MessageSyntax? example = !Syntax.IsRoot ? Syntax : Syntax.Fields.Select(static inner => inner.Value).OfType<MessageSyntax>().FirstOrDefault(static message => !message.Tokens.IsEmpty);
            return example is { Tokens: [{ Kind: SyntaxKind.OpenBrace }, ..] };
        }
    }

    /// <summary>Finds the place of a cursor in a spec that is a message of a type.</summary>
    public static CompletionPlace Find(SyntaxTree tree, MessageDescriptor descriptor, int offset)
    {
        var place = new CompletionPlace(tree, offset) { Syntax = tree.Root };
        if (tree.Document.Region is not { } region || !IsInside(region, offset) || place.IsInTrivia()) return place;
        place.FindMessage(descriptor);
        place.FindKind();
        return place;
    }

    /// <summary>The value of a field of the message that the cursor is in, when it is a string; null elsewhere.</summary>
    public string? FindString(string field)
    {
        foreach (FieldSyntax candidate in Syntax.Fields)
        {
            if (candidate.Value is not ScalarSyntax { IsString: true } value || candidate.Name != field) continue;
            SyntaxToken token = value.ValueToken;
            return token.Kind == SyntaxKind.StringLiteral && token.Length > 1 ? System.Text.Encoding.UTF8.GetString(StringValue.Inside(Tree.Text.Bytes, token)) : "";
        }
        return null;
    }

    /// <summary>Whether the message has a field, apart from one that is being typed at the cursor.</summary>
    public bool Has(FieldDescriptor field)
    {
        foreach (FieldSyntax candidate in Syntax.Fields)
        {
            if (!candidate.NameSpan.Touches(Offset) && candidate.Name == field.Name) return true;
        }
        return false;
    }

    /// <summary>Lines of text as they are laid out at this place: those behind the first get the comment prefix and the indentation of the line.</summary>
    /// <param name="text">The lines, joined by LF.</param>
    public string Lay(string text)
    {
        _lineStart ??= FindLineStart(out _gap);
        return _gap + text.Replace("\n", _lineStart, StringComparison.Ordinal);
    }

    /// <summary>The line break, the comment prefix and the indentation of the cursor's line; and what the line lacks of its prefix. Found once, since a text has to be looked through for its line breaks.</summary>
    private string FindLineStart(out string gap)
    {
        var layout = SpecLayout.Of(Tree);
        int content = LineIndentation.ContentStart(Tree, Offset);
        gap = content > Offset ? new string(' ', content - Offset) : IsOnEmptyLine ? layout.LinePrefix : "";
        return layout.LineBreak + layout.LinePrefix + LineIndentation.Of(Tree, Span.Start);
    }

    /// <summary>Whether the cursor is on a line of a script's spec that has not even the sign of the comment.</summary>
    private bool IsOnEmptyLine
    {
        get
        {
            TextSpan line = Tree.Text.GetLineSpan(Tree.Text.GetLine(Offset));
            return Tree.Document.Region!.IsEmbedded && line.IsEmpty;
        }
    }

    private static bool IsInside(SpecRegion region, int offset) =>
        region.IsEmbedded && region.EndGuard is not null ? region.Span.Start <= offset && offset < region.Span.End : region.Span.Touches(offset);

    /// <summary>Whether the cursor is in a comment, or in text that is not the spec's; behind a comment it is still in it.</summary>
    private bool IsInTrivia()
    {
        foreach (SyntaxToken trivia in Tree.TriviaBefore(Tree.FindToken(Offset)))
        {
            if (trivia.Start >= Offset) return false;
            // In a script the blanks behind a comment are no longer its.
            if (trivia.Kind == SyntaxKind.Comment && Tree.Text.GetLine(trivia.Start) == Tree.Text.GetLine(Offset))
            {
                (Kind, Comment) = (CompletionPlaceKind.Comment, trivia.Span);
                return true;
            }
            if (trivia.Kind is SyntaxKind.HostText or SyntaxKind.LinePrefix or SyntaxKind.ConflictMarker && Offset < trivia.End) return true;
        }
        return false;
    }

    private void FindMessage(MessageDescriptor descriptor)
    {
        Message = descriptor;
        while (FindInner() is { } inner)
        {
            Message = Message is null ? null : MessageSchema.Of(Message).Find(Tree.Text.Slice(inner.Field.NameSpan))?.Descriptor is { FieldType: FieldType.Message or FieldType.Group } field ? field.MessageType : null;
            Syntax = inner.Message;
        }
    }

    private (FieldSyntax Field, MessageSyntax Message)? FindInner()
    {
        int index = LastFieldBefore(Offset);
        if (index < 0) return null;
        FieldSyntax field = Syntax.Fields[index];
        foreach (ValueSyntax value in field.Values)
        {
            if (value is MessageSyntax message && Holds(message)) return (field, message);
        }
        return null;
    }

    /// <summary>The last field of the message that starts before an offset; negative when none does.</summary>
    private int LastFieldBefore(int offset)
    {
        int low = -1;
        int high = Syntax.Fields.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (Syntax.Fields[middle].Span.Start < offset) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private bool Holds(MessageSyntax message)
    {
        if (message.Tokens.IsEmpty || Offset < message.Tokens[0].End) return false;
        if (message.IsClosed) return Offset <= message.Tokens[^1].Start;
        int end = message.Tokens[^1].End;
        if (Offset <= end) return true;
        if (Offset > Tree.Tokens[message.TokenEnd].Start) return false;
        // Behind a message without an end its layout says whether the cursor is still in it.
        int opening = message.Tokens[0].Start;
        return Tree.Text.GetLine(Offset) == Tree.Text.GetLine(end) || LineIndentation.Of(Tree, Offset).Length > LineIndentation.Of(Tree, opening).Length;
    }

    /// <summary>What the tokens between the beginning of the message, or of its last field but one, and the cursor leave to be written.</summary>
    private void FindKind()
    {
        ReadOnlySpan<SyntaxToken> tokens = Tree.Tokens;
        int last = LastFieldBefore(Offset);
        int token = last > 0 ? Syntax.Fields[last - 1].FirstToken : Syntax.IsRoot ? 0 : Syntax.FirstToken + 1;
        MessageSchema? schema = Message is null ? null : MessageSchema.Of(Message);
        FieldDescriptor? field = null;
        bool hasColon = false;
        bool isInList = false;
        int nameEnd = -1;
        int depth = 0;
        int at = Tree.FindToken(Math.Max(0, Offset - 1));
        SyntaxToken? under = IsUnderCursor(tokens[at]) ? tokens[at] : null;
        for (; token < tokens.Length && tokens[token].Kind != SyntaxKind.EndOfSpec && tokens[token].Start < Offset && (under is null || token < at); token++)
        {
            SyntaxToken current = tokens[token];
            // Behind the name of a field comes what it holds, and no other field.
            nameEnd = depth == 0 && !hasColon && !isInList && current.Kind == SyntaxKind.Identifier ? current.End : -1;
            switch (current.Kind)
            {
                case SyntaxKind.OpenAngle or SyntaxKind.OpenBrace:
                    depth++;
                    break;
                case SyntaxKind.CloseAngle or SyntaxKind.CloseBrace:
                    depth = Math.Max(0, depth - 1);
                    if (depth == 0 && !isInList) (field, hasColon) = (null, false);
                    break;
                case var _ when depth > 0:
                    break;
                case SyntaxKind.OpenBracket:
                    isInList = field is not null;
                    break;
                case SyntaxKind.CloseBracket:
                    (isInList, field, hasColon) = (false, null, false);
                    break;
                case SyntaxKind.Colon:
                    hasColon = true;
                    break;
                case SyntaxKind.Comma or SyntaxKind.Semicolon when !isInList:
                    (field, hasColon) = (null, false);
                    break;
                case SyntaxKind.Identifier when !isInList && (!hasColon || IsName(token)):
                    (field, hasColon) = (schema?.Find(Tree.Text.Slice(current.Span))?.Descriptor, false);
                    break;
                case SyntaxKind.Identifier or SyntaxKind.StringLiteral or SyntaxKind.Heredoc or SyntaxKind.IntegerLiteral or SyntaxKind.FloatLiteral when !isInList:
                    (field, hasColon) = (null, false);
                    break;
            }
        }
        // A message that is still open here is one that its layout ends before the cursor.
        if (depth > 0) (field, hasColon, isInList) = (null, false, false);
        bool isValue = isInList || hasColon && !(under is { Kind: SyntaxKind.Identifier } && IsName(at));
        if (under is { IsString: true } quoted)
        {
            if (!isValue || quoted.Kind != SyntaxKind.StringLiteral) return;
            String = quoted;
            bool isTerminated = quoted.Fault != TokenFault.UnterminatedString;
            Span = TextSpan.FromBounds(quoted.Start + 1, isTerminated ? quoted.End - 1 : Offset);
            // A lone CR is a line break to editors, and white space to the language.
            if (Tree.Text.GetLine(Span.Start) != Tree.Text.GetLine(Span.End)) return;
        }
        else if (under is { } word)
        {
            Span = word.Span;
            if (!isValue && word.Kind != SyntaxKind.Identifier) return;
        }
        if (!isValue)
        {
            Span = WithDistributionName(Span);
            if (nameEnd >= 0 && nameEnd <= Span.Start && Tree.Text.GetLine(nameEnd) == Tree.Text.GetLine(Span.Start)) return;
        }
        Kind = isValue ? CompletionPlaceKind.Value : CompletionPlaceKind.Field;
        Field = isValue ? field : null;
    }

    /// <summary>A word with what stands before it without a blank: where a field can stand, the name of a distribution can be typed, which may hold hyphens and dots.</summary>
    private TextSpan WithDistributionName(TextSpan word)
    {
        int first = LineIndentation.ContentStart(Tree, word.Start);
        int start = word.Start;
        while (start > first && Tree.Text.Bytes[start - 1] is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'_' or (byte)'.') start--;
        return TextSpan.FromBounds(start, word.End);
    }

    /// <summary>Whether the cursor is in a word or at its end, or inside of a string.</summary>
    private bool IsUnderCursor(SyntaxToken token) => token.Start < Offset && token.Kind switch
    {
        SyntaxKind.Identifier or SyntaxKind.IntegerLiteral or SyntaxKind.FloatLiteral => Offset <= token.End,
        SyntaxKind.StringLiteral when token.Fault == TokenFault.UnterminatedString => Offset <= token.End,
        SyntaxKind.StringLiteral or SyntaxKind.Heredoc => Offset < token.End,
        _ => false,
    };

    /// <summary>Whether a word is a name though a value is wanted: a colon or a message follows, and it is on a line of its own.</summary>
    private bool IsName(int token) =>
        token > 0 && Tree.Text.GetLine(Tree.Tokens[token - 1].End) < Tree.Text.GetLine(Tree.Tokens[token].Start)
        && token + 1 < Tree.Tokens.Length && Tree.Tokens[token + 1].Kind is SyntaxKind.Colon or SyntaxKind.OpenAngle or SyntaxKind.OpenBrace;

    private bool IsOnLineOfSpan(int token) => Tree.Text.GetLine(Tree.Tokens[token].Start) == Tree.Text.GetLine(Span.End);
}
