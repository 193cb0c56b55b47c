using System.Globalization;
using System.Text;
using Google.Protobuf;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Tests.Baselines;

/// <summary>Each layer of a document as text that people can read and compare. Line breaks look the same whether they are LF or CR LF.</summary>
internal static class Dump
{
    public static string Tokens(SpecDocument document)
    {
        var result = new StringBuilder();
        var lexer = new SpecLexer(document);
        while (lexer.Next(out SyntaxToken token))
        {
            string fault = token.Fault == TokenFault.None ? "" : $" !{token.Fault}";
            string text = token.Kind is SyntaxKind.EndOfLine or SyntaxKind.HostText or SyntaxKind.EndOfSpec ? "" : " " + Quote(document.Text, token.Span);
            result.Append(CultureInfo.InvariantCulture, $"{document.Text.GetCharacterPosition(token.Start)} {token.Kind}{text}{fault}\n");
        }
        return result.ToString();
    }

    public static string Tree(SyntaxTree tree)
    {
        var result = new StringBuilder();
        Append(tree.Root, 0, result);
        return result.ToString();
    }

    public static string Diagnostics(BoundSpec bound)
    {
        var result = new StringBuilder();
        foreach (Diagnostic diagnostic in bound.Diagnostics)
        {
            result.Append(CultureInfo.InvariantCulture, $"{diagnostic.ToString(bound.Document.Text).TrimStart(':')}\n    {Quote(bound.Document.Text, diagnostic.Span)}\n");
        }
        return result.ToString();
    }

    public static string Binding(BoundSpec bound)
    {
        var result = new StringBuilder();
        result.Append(JsonFormatter.Default.Format(bound.Spec)).Append('\n');
        result.Append(Convert.ToHexString(bound.Bound.WireBytes.Span)).Append('\n');
        return result.ToString();
    }

    private static void Append(SyntaxNode node, int depth, StringBuilder result)
    {
        SourceText text = node.Tree.Text;
        result.Append(' ', depth * 2).Append(CultureInfo.InvariantCulture, $"{text.GetCharacterPosition(node.Span.Start)}-{text.GetCharacterPosition(node.Span.End)} ");
        switch (node)
        {
            case MessageSyntax message:
                result.Append(message.FirstToken == 0 ? "Spec\n" : message.IsClosed ? "Message\n" : "Message, not closed\n");
                foreach (FieldSyntax field in message.Fields) Append(field, depth + 1, result);
                break;
            case FieldSyntax field:
                result.Append(CultureInfo.InvariantCulture, $"Field {Quote(text, field.NameSpan)}{(field.HasColon ? " colon" : "")}{(field.HasSeparator ? " separator" : "")}{(field.Value is null ? ", no value" : "")}\n");
                if (field.Value is not null) Append(field.Value, depth + 1, result);
                break;
            case ListSyntax list:
                result.Append(list.IsClosed ? "List\n" : "List, not closed\n");
                foreach (ValueSyntax element in list.Elements) Append(element, depth + 1, result);
                break;
            case ScalarSyntax scalar:
                result.Append(CultureInfo.InvariantCulture, $"Scalar {Quote(text, scalar.Span)}\n");
                break;
        }
    }

    private static string Quote(SourceText text, TextSpan span)
    {
        const int Longest = 100;
        string shown = text.ToString(span).ReplaceLineEndings("\n");
        if (shown.Length > Longest) shown = shown[..Longest] + "...";
        var quoted = new StringBuilder("|");
        foreach (char c in shown)
        {
            if (c == '\n') quoted.Append("\\n");
            else if (char.IsControl(c) || c is '\uFEFF' or '\u00A0') quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else quoted.Append(c);
        }
        return quoted.Append('|').ToString();
    }
}
