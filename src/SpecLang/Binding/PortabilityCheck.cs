using System.Collections.Immutable;
using System.Text;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Binding;

/// <summary>
/// Finds what is right for us and not for the deployed <c>vpython3</c>: text that it refuses, does not see, or reads as something else. A spec
/// that both shall read needs to be free of it. Running a spec does not ask.
/// </summary>
public sealed class PortabilityCheck
{
    /// <summary>The length of a line that the deployed tool no longer reads.</summary>
    private const int TooLongLine = 65_536;

    private readonly SyntaxTree _tree;
    private readonly SourceText _text;
    private readonly List<Diagnostic> _diagnostics = [];

    private PortabilityCheck(SyntaxTree tree)
    {
        _tree = tree;
        _text = tree.Text;
    }

    /// <summary>
    /// The findings of a spec in order of position. A script without a spec has none, except for long lines where it mentions a guard: they are no
    /// matter in the many files that have nothing to do with specs. Guards are judged where regions are found.
    /// </summary>
    public static ImmutableArray<Diagnostic> Find(BoundSpec bound)
    {
        var check = new PortabilityCheck(bound.Tree);
        if (bound.Document.Region is not { } region)
        {
            if (bound.Document.Text.Bytes.IndexOf("[VPYTHON:"u8) >= 0) check.CheckLineLengths(bound.Document.Text.Length);
            return [.. check._diagnostics];
        }
        check.CheckLines(region);
        check.CheckTrivia();
        check.CheckHeredocLookalikes(region);
        check.CheckMessage(bound.Bound.Root);
        check.CheckEscapes();
        check.CheckPythonVersion(bound);
        return [.. check._diagnostics.OrderBy(static diagnostic => diagnostic.Span)];
    }

    private void CheckLines(SpecRegion region)
    {
        if (!region.IsEmbedded)
        {
            if (!_text.ByteOrderMark.IsEmpty) Report(PortabilityDiagnostics.ByteOrderMark, _text.ByteOrderMark);
            return;
        }
        if (!_text.ByteOrderMark.IsEmpty && region.BeginGuard is { } begin && _text.GetLine(begin.Start) == 0) Report(PortabilityDiagnostics.ByteOrderMarkBeforeGuard, _text.ByteOrderMark);
        CheckLineLengths(region.EndGuard?.End ?? region.Span.End);
    }

    private void CheckLineLengths(int end)
    {
        for (int start = 0; start < end;)
        {
            int length = _text.Bytes[start..].IndexOf((byte)'\n');
            int lineEnd = length < 0 ? _text.Length : start + length;
            if (lineEnd - start >= TooLongLine) Report(PortabilityDiagnostics.LongLine, TextSpan.FromBounds(start, lineEnd));
            start = lineEnd + 1;
        }
    }

    private void CheckTrivia()
    {
        // What looks unusual is seldom there, and cutting trivia into pieces takes time.
        bool hasUnusualWhiteSpace = _text.Bytes.IndexOfAny((byte)'\f', (byte)'\v') >= 0;
        bool hasCarriageReturn = _text.Bytes.Contains((byte)'\r');
        for (int i = 0; i < _tree.Tokens.Length && (hasUnusualWhiteSpace || hasCarriageReturn); i++)
        {
            if (!hasUnusualWhiteSpace && !_tree.MayHaveCommentBefore(i)) continue;
            foreach (SyntaxToken trivia in _tree.TriviaBefore(i))
            {
                ReadOnlySpan<byte> text = _text.Slice(trivia.Span);
                if (trivia.Kind == SyntaxKind.WhiteSpace && text.IndexOfAny((byte)'\f', (byte)'\v') >= 0 && !IsAtEndOfRegionLine(trivia)) Report(PortabilityDiagnostics.UnusualWhiteSpace, trivia.Span);
                if (trivia.Kind == SyntaxKind.Comment && text.IndexOf((byte)'\r') is >= 0 and int offset) Report(PortabilityDiagnostics.LoneCarriageReturn, new(trivia.Start + offset, 1));
            }
        }
    }

    /// <summary>White space at the end of a line of a script goes before the spec is read.</summary>
    private bool IsAtEndOfRegionLine(SyntaxToken trivia) =>
        _tree.Document.Region!.IsEmbedded && (trivia.End == _text.Length || _text.Bytes[trivia.End] is (byte)'\n' or (byte)'\r');

    private void CheckHeredocLookalikes(SpecRegion region)
    {
        for (int from = region.Span.Start; from < region.Span.End;)
        {
            int found = _text.Bytes[from..region.Span.End].IndexOf("<<"u8);
            if (found < 0) return;
            found += from;
            int length = _text.Bytes[found..region.Span.End].IndexOf((byte)'\n');
            int lineEnd = length < 0 ? region.Span.End : found + length;
            // The last one of the line counts.
            int last = found + _text.Bytes[found..lineEnd].LastIndexOf("<<"u8);
            string rest = Encoding.Latin1.GetString(_text.Bytes[(last + 2)..lineEnd]).Trim();
            SyntaxToken token = _tree.Tokens[_tree.FindToken(last)];
            bool isHeredoc = token.Kind == SyntaxKind.Heredoc && token.Span.Contains(last);
            bool isConflict = _text.Bytes[found..].StartsWith("<<<<<<<"u8);
            if (!isHeredoc && !isConflict && rest.Length > 0 && rest.All(static c => char.IsAsciiLetter(c) || c == '_'))
                Report(PortabilityDiagnostics.LooksLikeHeredoc, TextSpan.FromBounds(last, lineEnd), rest);
            from = lineEnd;
        }
    }

    private void CheckMessage(BoundMessage message)
    {
        HashSet<string>? first = null;
        for (int i = 0; i < message.Syntax.Fields.Length; i++)
        {
            FieldSyntax field = message.Syntax.Fields[i];
            if (field.Value is ListSyntax { Elements.IsEmpty: true, IsClosed: true } list) Report(PortabilityDiagnostics.EmptyList, list.Span);
            // A second value that is an error is said to be one already; what is left follows an empty first one.
            if (field.Value is ScalarSyntax { IsString: true } && IsSecond(message.Syntax, i, ref first) && message.Values.Any(value => value.FieldSyntax == field && !value.Field.IsRepeated))
                Report(PortabilityDiagnostics.SetAfterDefault, field.NameSpan, field.Name);
        }
        foreach (BoundValue value in message.Values)
        {
            if (value.Message is not null) CheckMessage(value.Message);
        }
    }

    /// <summary>Whether a string is in a field whose name another string before it has. Most messages have few fields, and comparing them takes no memory.</summary>
    private bool IsSecond(MessageSyntax message, int index, ref HashSet<string>? first)
    {
        const int FewEnoughToCompare = 8;
        if (message.Fields.Length > FewEnoughToCompare) return !(first ??= []).Add(message.Fields[index].Name);
        ReadOnlySpan<byte> name = _text.Slice(message.Fields[index].NameSpan);
        for (int i = 0; i < index; i++)
        {
            if (message.Fields[i].Value is ScalarSyntax { IsString: true } && _text.Slice(message.Fields[i].NameSpan).SequenceEqual(name)) return true;
        }
        return false;
    }

    private void CheckEscapes()
    {
        foreach (SyntaxToken token in _tree.Tokens)
        {
            if (!token.HasEscape) continue;
            ReadOnlySpan<byte> text = StringValue.Inside(_text.Bytes, token);
            for (int offset = text.IndexOf((byte)'\\'); offset >= 0 && offset < text.Length;)
            {
                var escape = StringValue.Escape.Read(text[offset..]);
                if (escape.IsValid && Objection(text.Slice(offset, escape.Length)) is { } objection)
                    Report(PortabilityDiagnostics.UnusualEscape, new(token.Start + 1 + offset, escape.Length), _text.ToString(new(token.Start + 1 + offset, escape.Length)), objection);
                offset += escape.Length;
                int next = text[offset..].IndexOf((byte)'\\');
                offset = next < 0 ? -1 : offset + next;
            }
        }
    }

    /// <summary>What the deployed tool does with an escape; null when it reads it as we do.</summary>
    private static string? Objection(ReadOnlySpan<byte> escape) => (char)escape[1] switch
    {
        >= '0' and <= '7' when escape.Length < 4 => "wants exactly three octal digits",
        > '3' and <= '7' => "refuses octal escapes above 377",
        'x' or 'X' when escape.Length < 4 => "wants exactly two hexadecimal digits",
        'u' or 'U' when escape.Length > 10 => "does not join the halves of a surrogate pair",
        _ => null,
    };

    private void CheckPythonVersion(BoundSpec bound)
    {
        string version = bound.Spec.PythonVersion;
        if (bound.SpanOfPythonVersion is { } span && (version.Contains("..", StringComparison.Ordinal) || version.AsSpan().IndexOfAny('/', '\\') >= 0))
            Report(PortabilityDiagnostics.PythonVersionIsPath, span, version);
    }

    private void Report(DiagnosticDescriptor descriptor, TextSpan span, params ReadOnlySpan<object?> arguments) =>
        _diagnostics.Add(Diagnostic.Create(descriptor, span, arguments));
}
