using System.Collections.Immutable;
using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Fixes;

/// <summary>
/// Makes the changes that fixes and commands consist of, in the style of the text around them: in a script every new line gets the prefix of the
/// guards, and line breaks are those of the file. Nothing else of the text changes.
/// </summary>
public sealed class SpecEditor
{
    private readonly SyntaxTree _tree;
    private readonly SpecLayout _layout;

    /// <summary>How the wheels stand that were asked for last, by the first of them and their number: one editor adds many wheels to the same ones.</summary>
    private (WheelEntry First, int Count, bool AreSorted, bool AreSpaced)? _wheels;

    /// <summary>An editor of a document that has a spec.</summary>
    public SpecEditor(SyntaxTree tree)
    {
        _tree = tree;
        _layout = SpecLayout.Of(tree);
    }

    /// <summary>A string in quotes, with escape sequences where they are needed.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char character in value)
        {
            if (character is '"' or '\\') text.Append('\\').Append(character);
            else if (character < ' ') text.Append('\\').Append(Convert.ToString(character, 8).PadLeft(3, '0'));
            else text.Append(character);
        }
        return text.Append('"').ToString();
    }

    /// <summary>The text of a wheel in canonical style, lines joined by LF and without a prefix, no line break at its end.</summary>
    /// <param name="name">The package name.</param>
    /// <param name="version">The version; null for none.</param>
    /// <param name="comments">Lines above it, each without <c>#</c>.</param>
    public static string Wheel(string name, string? version, params ReadOnlySpan<string> comments)
    {
        var text = new StringBuilder();
        foreach (string comment in comments) text.Append("# ").Append(comment).Append('\n');
        text.Append("wheel: <\n  name: ").Append(Quote(name)).Append('\n');
        if (version is not null) text.Append("  version: ").Append(Quote(version)).Append('\n');
        return text.Append('>').ToString();
    }

    /// <summary>Sets a string value.</summary>
    public static TextChange SetString(ValueSyntax value, string text) => new(value.Span, Quote(text));

    /// <summary>
    /// Removes a field with the lines that it has for itself, and a comment behind it on its last line. Comments above it stay, unless asked otherwise.
    /// </summary>
    /// <param name="field">The field.</param>
    /// <param name="withComments">Whether the comments directly above it go, too.</param>
    public TextChange Remove(FieldSyntax field, bool withComments = false) => Remove(field.FirstToken, field.TokenEnd, withComments);

    /// <summary>Removes a wheel: its field, or its element and the comma behind or before it when it is in a list.</summary>
    /// <param name="wheel">The wheel.</param>
    /// <param name="withComments">Whether the comments directly above it go, too.</param>
    public TextChange Remove(WheelEntry wheel, bool withComments = false)
    {
        ArgumentNullException.ThrowIfNull(wheel);
        if (wheel.Syntax.Parent is not ListSyntax list) return Remove(wheel.Field, withComments);
        return list.Elements.Length == 1 ? Remove(wheel.Field, withComments) : RemoveElement(list, wheel.Syntax);
    }

    /// <summary>Removes wheels, given in the order of the text. Of neighbours in a list, which share a comma, one may be left.</summary>
    public ImmutableArray<TextChange> RemoveAll(IEnumerable<WheelEntry> wheels)
    {
        ArgumentNullException.ThrowIfNull(wheels);
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        foreach (WheelEntry wheel in wheels)
        {
            TextChange change = Remove(wheel);
            if (changes.Count == 0 || !changes[^1].Span.OverlapsWith(change.Span)) changes.Add(change);
        }
        return changes.ToImmutable();
    }

    /// <summary>Removes one value of a repeated field: its field, or its element when the field has a list with others.</summary>
    public TextChange Remove(BoundValue value) =>
        value.Syntax.Parent is ListSyntax { Elements.Length: > 1 } list ? RemoveElement(list, value.Syntax) : Remove(value.FieldSyntax);

    /// <summary>Removes an element of a list that has others, with one comma. Comments between elements stay.</summary>
    public static TextChange RemoveElement(ListSyntax list, ValueSyntax element)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(element);
        int index = list.Elements.IndexOf(element);
        return index + 1 < list.Elements.Length
            ? new(TextSpan.FromBounds(element.Span.Start, list.Elements[index + 1].Span.Start), CommentsBetween(element, list.Elements[index + 1]))
            : new(TextSpan.FromBounds(list.Elements[index - 1].Span.End, element.Span.End), CommentsBetween(list.Elements[index - 1], element).TrimEnd(' ', '\t'));
    }

    /// <summary>What stands between two elements, without their comma; empty where no comment does.</summary>
    private static string CommentsBetween(ValueSyntax first, ValueSyntax second)
    {
        var text = new StringBuilder();
        bool hasComment = false;
        for (int token = first.TokenEnd; token <= second.FirstToken; token++)
        {
            foreach (SyntaxToken trivia in first.Tree.TriviaBefore(token))
            {
                hasComment |= trivia.Kind == SyntaxKind.Comment;
                text.Append(first.Tree.Text.ToString(trivia.Span));
            }
        }
        return hasComment ? text.ToString() : "";
    }

    /// <summary>Puts text on lines of its own behind a field and a comment on its line.</summary>
    /// <param name="field">The field of the spec.</param>
    /// <param name="text">The lines, joined by LF, without prefix.</param>
    public TextChange InsertBehind(FieldSyntax field, string text)
    {
        ArgumentNullException.ThrowIfNull(field);
        int end = EndOfLineBehind(field.TokenEnd, out _);
        return new(new(end, 0), _layout.LineBreak + Lay(text));
    }

    /// <summary>Puts text on lines of its own before a field and the comments directly above it.</summary>
    /// <param name="field">The field of the spec.</param>
    /// <param name="text">The lines, joined by LF, without prefix.</param>
    public TextChange InsertBefore(FieldSyntax field, string text)
    {
        ArgumentNullException.ThrowIfNull(field);
        return InsertBefore(StartOfBlock(field.FirstToken, withComments: true), text);
    }

    /// <summary>Puts text on lines of its own, and an empty line, before the first field; what the spec begins with stays above it: it speaks of the whole.</summary>
    /// <param name="text">The lines, joined by LF, without prefix.</param>
    public TextChange Prepend(string text)
    {
        if (_tree.Root.Fields.IsEmpty) return Append(text);
        FieldSyntax first = _tree.Root.Fields[0];
        int start = StartOfBlock(first.FirstToken, withComments: true);
        bool isHeader = _tree.Text.Slice(TextSpan.FromBounds(_tree.Document.Region!.Span.Start, start)).IndexOf((byte)'\n') < 0;
        return InsertBefore(isHeader ? first.Span.Start : start, text + "\n");
    }

    /// <summary>Puts text on lines of its own at the end of the spec, behind the last field.</summary>
    /// <param name="text">The lines, joined by LF, without prefix.</param>
    public TextChange Append(string text)
    {
        if (!_tree.Root.Fields.IsEmpty) return InsertBehind(_tree.Root.Fields[^1], text);
        TextSpan span = _tree.Document.Region!.Span;
        bool isAtLineStart = span.IsEmpty || _tree.Text.Bytes[span.End - 1] == '\n';
        return new(new(span.End, 0), (isAtLineStart ? "" : _layout.LineBreak) + Lay(text) + _layout.LineBreak);
    }

    /// <summary>
    /// Puts a wheel where it belongs: before the first wheel whose name comes after it when the wheels are sorted, else behind the last wheel, else at the end.
    /// </summary>
    /// <param name="wheels">The wheels of the spec.</param>
    /// <param name="name">The package name.</param>
    /// <param name="version">The version; null for none.</param>
    /// <param name="comments">Lines above it, each without <c>#</c>.</param>
    public TextChange AddWheel(IReadOnlyList<WheelEntry> wheels, string name, string? version, params ReadOnlySpan<string> comments)
    {
        ArgumentNullException.ThrowIfNull(wheels);
        string text = Wheel(name, version, comments);
        if (wheels.Count == 0) return Append(text);
        if (LookAt(wheels).AreSorted && wheels.FirstOrDefault(wheel => string.CompareOrdinal(wheel.Name, name) > 0) is { IsInList: false } next) return InsertBefore(next.Field, Separated(wheels, text, behind: true));
        return InsertBehind(wheels[^1].Field, Separated(wheels, text, behind: false));
    }

    /// <summary>Puts several wheels where they belong, as <see cref="AddWheel"/> does with each; those that belong at one place in the order given.</summary>
    /// <param name="wheels">The wheels of the spec.</param>
    /// <param name="added">Name, version and a comment for each new one; an empty comment is none.</param>
    public ImmutableArray<TextChange> AddWheels(IReadOnlyList<WheelEntry> wheels, params IEnumerable<(string Name, string? Version, string Comment)> added) =>
    [
        .. added.Select(wheel => AddWheel(wheels, wheel.Name, wheel.Version, wheel.Comment.Length == 0 ? [] : [wheel.Comment]))
            .GroupBy(static change => change.Span)
            .Select(static place => new TextChange(place.Key, string.Concat(place.Select(static change => change.NewText)))),
    ];

    /// <summary>Adds fields to a message: behind its last field, or within an empty one.</summary>
    /// <param name="message">The message, not the whole spec.</param>
    /// <param name="text">The fields in canonical style, such as <c>version: "version:1.0"</c>, lines joined by LF. In a message within a line they are put on that line.</param>
    public TextChange AddField(MessageSyntax message, string text)
    {
        ArgumentNullException.ThrowIfNull(message);
        string[] lines = text.Split('\n');
        string inLine = string.Join(' ', lines.Select(static line => line.Trim()));
        if (message.Fields.IsEmpty) return new(new(_tree.Tokens[message.FirstToken].End, 0), $" {inLine} ");
        FieldSyntax last = message.Fields[^1];
        int line = _tree.Text.GetLine(last.Span.Start);
        bool isOnOwnLine = line != _tree.Text.GetLine(message.Span.Start);
        if (!isOnOwnLine) return new(new(last.Span.End, 0), last.HasSeparator || message.Fields.Length == 1 || !message.Fields[0].HasSeparator ? $" {inLine}" : $", {inLine}");
        int end = EndOfLineBehind(last.TokenEnd, out _);
        TextSpan lineSpan = _tree.Text.GetLineSpan(line);
        string indentation = _tree.Text.ToString(TextSpan.FromBounds(lineSpan.Start, last.Span.Start));
        if (indentation.AsSpan().ContainsAnyExcept("#/* \t")) indentation = _layout.LinePrefix + "  ";
        return new(new(end, 0), string.Concat(lines.Select(added => _layout.LineBreak + indentation + added)));
    }

    /// <summary>The comments directly above a field, each without <c>#</c> and blanks around it.</summary>
    public IReadOnlyList<string> CommentsAbove(FieldSyntax field)
    {
        ArgumentNullException.ThrowIfNull(field);
        int start = StartOfBlock(field.FirstToken, withComments: true);
        var comments = new List<string>();
        foreach (SyntaxToken trivia in _tree.TriviaBefore(field.FirstToken))
        {
            if (trivia.Kind == SyntaxKind.Comment && trivia.Start >= start) comments.Add(_tree.Text.ToString(trivia.Span).TrimStart('#').Trim());
        }
        return comments;
    }

    private (bool AreSorted, bool AreSpaced) LookAt(IReadOnlyList<WheelEntry> wheels)
    {
        if (_wheels is { } known && known.First == wheels[0] && known.Count == wheels.Count) return (known.AreSorted, known.AreSpaced);
        bool areSorted = wheels.Count > 1 && wheels.Zip(wheels.Skip(1), static (first, second) => string.CompareOrdinal(first.Name, second.Name) <= 0).All(static inOrder => inOrder);
        bool areSpaced = wheels.Count > 1 && Enumerable.Range(1, wheels.Count - 1).All(index => HasEmptyLineBefore(wheels[index].Field));
        _wheels = (wheels[0], wheels.Count, areSorted, areSpaced);
        return (areSorted, areSpaced);
    }

    /// <summary>Wheels that have empty lines between them get one around a new wheel, too.</summary>
    private string Separated(IReadOnlyList<WheelEntry> wheels, string text, bool behind)
    {
        if (!LookAt(wheels).AreSpaced) return text;
        return behind ? text + "\n" : "\n" + text;
    }

    private bool HasEmptyLineBefore(FieldSyntax field)
    {
        int lineBreaks = 0;
        foreach (SyntaxToken trivia in _tree.TriviaBefore(field.FirstToken))
        {
            if (trivia.Kind == SyntaxKind.EndOfLine && ++lineBreaks > 1) return true;
            if (trivia.Kind == SyntaxKind.Comment) lineBreaks = 0;
        }
        return false;
    }

    /// <summary>The prefix of the line is there already, unless somebody left it out, and what follows needs a new one.</summary>
    private TextChange InsertBefore(int start, string text)
    {
        TextSpan line = _tree.Text.GetLineSpan(_tree.Text.GetLine(start));
        bool lacksPrefix = line.Start == start && _layout.LinePrefix.Trim().Length > 0;
        return new(new(start, 0), Lay(text)[(lacksPrefix ? 0 : _layout.LinePrefix.Length)..] + _layout.LineBreak + _layout.LinePrefix);
    }

    private string Lay(string text) => string.Join(
        _layout.LineBreak,
        text.Split('\n').Select(line => line.Length == 0 ? _layout.LinePrefix.TrimEnd() : _layout.LinePrefix + line));

    private TextChange Remove(int firstToken, int tokenEnd, bool withComments)
    {
        int start = StartOfBlock(firstToken, withComments);
        int end = EndOfLineBehind(tokenEnd, out bool isLastOnLine);
        int lineStart = StartOfLine(start);
        // Where something else is on the lines, only the field itself goes.
        if (lineStart < 0 || !isLastOnLine) return new(TextSpan.FromBounds(_tree.Tokens[firstToken].Start, _tree.Tokens[tokenEnd - 1].End), "");
        int next = _tree.Text.GetLineSpanIncludingBreak(_tree.Text.GetLine(end)).End;
        return new(TextSpan.FromBounds(lineStart, next), "");
    }

    /// <summary>The start of the line when only its prefix stands before the offset; negative otherwise.</summary>
    private int StartOfLine(int offset)
    {
        TextSpan line = _tree.Text.GetLineSpan(_tree.Text.GetLine(offset));
        int start = Math.Max(line.Start, _tree.Document.Region!.Span.Start);
        string before = _tree.Text.ToString(TextSpan.FromBounds(start, offset));
        return before.Trim() == _layout.LinePrefix.Trim() || before.Trim().Length == 0 ? start : -1;
    }

    private int StartOfBlock(int firstToken, bool withComments)
    {
        int start = _tree.Tokens[firstToken].Start;
        if (!withComments) return start;
        bool isOwnLine = firstToken == 0;
        int lineBreaks = 0;
        int first = -1;
        foreach (SyntaxToken trivia in _tree.TriviaBefore(firstToken))
        {
            if (trivia.Kind == SyntaxKind.EndOfLine)
            {
                isOwnLine = true;
                if (++lineBreaks > 1) first = -1;
            }
            else if (trivia.Kind == SyntaxKind.Comment)
            {
                lineBreaks = 0;
                if (isOwnLine && first < 0) first = trivia.Start;
            }
        }
        return first < 0 ? start : first;
    }

    /// <summary>The end of the last token, or of a comment behind it on its line.</summary>
    private int EndOfLineBehind(int tokenEnd, out bool isLastOnLine)
    {
        int end = _tree.Tokens[tokenEnd - 1].End;
        isLastOnLine = true;
        foreach (SyntaxToken trivia in _tree.TriviaBefore(tokenEnd))
        {
            if (trivia.Kind == SyntaxKind.EndOfLine) return end;
            if (trivia.Kind == SyntaxKind.Comment) end = trivia.End;
        }
        isLastOnLine = _tree.Tokens[tokenEnd].Kind == SyntaxKind.EndOfSpec;
        return end;
    }
}
