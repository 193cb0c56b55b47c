using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Actions;

/// <summary>The comments that suppress a finding.</summary>
internal static class SuppressionEdit
{
    /// <summary>What stands for the reason, until somebody writes it.</summary>
    private const string Reason = "-- reason";

    /// <summary>Suppresses a finding for the element that it is in; null where no comment could speak of that alone.</summary>
    public static TextChange? ForElement(SpecAnalysis spec, Diagnostic finding)
    {
        if (FindElement(spec.Tree, finding.Span) is not { } field) return null;
        if (SuppressionList.Read(spec.Tree).Comments.FirstOrDefault(comment => comment.Scope == field.Span && !comment.Codes.IsEmpty) is { } present) return AddCode(present, finding.Id);
        int start = field.Span.Start;
        var layout = SpecLayout.Of(spec.Tree);
        return new(new(start, 0), $"# vpython: disable={finding.Id} {Reason}{layout.LineBreak}{layout.LinePrefix}{LineIndentation.Of(spec.Tree, start)}");
    }

    /// <summary>Suppresses a kind of finding in the whole spec.</summary>
    public static TextChange ForFile(SpecAnalysis spec, string code)
    {
        var whole = new TextSpan(0, spec.Text.Length);
        return SuppressionList.Read(spec.Tree).Comments.FirstOrDefault(comment => comment.Scope == whole && !comment.Codes.IsEmpty) is { } present
            ? AddCode(present, code)
            : new SpecEditor(spec.Tree).Prepend($"# vpython: disable-file={code} {Reason}");
    }

    private static TextChange AddCode(SuppressionComment comment, string code) => new(new(comment.Codes[^1].Span.End, 0), "," + code);

    /// <summary>The innermost field around a finding that begins its line, so that a comment can stand above it.</summary>
    private static FieldSyntax? FindElement(SyntaxTree tree, TextSpan span)
    {
        var lines = new TokenContext(tree);
        FieldSyntax? found = null;
        MessageSyntax? message = tree.Root;
        while (message?.Fields.FirstOrDefault(field => field.Span.Touches(span.Start) && field.Span.End >= span.End) is { } field)
        {
            if (lines.IsFirstOnLine(field.FirstToken)) found = field;
            message = null;
            foreach (ValueSyntax value in field.Values)
            {
                if (value is MessageSyntax inner && inner.Span.Contains(span)) message = inner;
            }
        }
        return found;
    }
}
