using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Fixes;

/// <summary>Mends what the language itself reports, where there is one way to do it.</summary>
internal static class LanguageFixes
{
    /// <summary>The finding with its fix, if there is one.</summary>
    public static Diagnostic AddTo(Diagnostic diagnostic, SyntaxTree tree) =>
        Find(diagnostic, tree) is { } fix ? diagnostic with { Fixes = [fix] } : diagnostic;

    private static CodeFix? Find(Diagnostic diagnostic, SyntaxTree tree)
    {
        TextSpan span = diagnostic.Span;
        DiagnosticDescriptor kind = diagnostic.Descriptor;
        if (kind == SyntaxDiagnostics.MissingColon) return Safe("Write ':'", new(new(span.Start, 0), ":"));
        if (kind == SyntaxDiagnostics.EqualsForColon) return Safe("Write ':' for '='", new(span, ":"));
        if (kind == SyntaxDiagnostics.TrailingComma || kind == SyntaxDiagnostics.StraySeparator) return Safe("Remove it", new(span, ""));
        if (kind == SyntaxDiagnostics.StrayClose) return new("Remove it", FixSafety.Unsafe, new TextChange(span, ""));
        if (kind == SyntaxDiagnostics.WrongClose) return Safe("Write the bracket that belongs here", new(span, tree.Text.Slice(span)[0] == '>' ? "}" : ">"));
        if (kind == SyntaxDiagnostics.NeverOpened) return Safe("Write the bracket", new(span, NeverOpenedBracket(diagnostic)));
        if (kind == SyntaxDiagnostics.MissingQuotes) return Safe("Write it in quotes", new(span, SpecEditor.Quote(tree.Text.ToString(span).Trim('\u201C', '\u201D', '\u201E', '\u2018', '\u2019', '\u00AB', '\u00BB', '`'))));
        if (kind == SchemaDiagnostics.MissingColonBeforeList) return Safe("Write ':'", new(new(span.End, 0), ":"));
        if (kind == SchemaDiagnostics.ReservedField && FieldAt(tree, span) is { } reserved) return Safe("Remove the field", new SpecEditor(tree).Remove(reserved));
        if (kind == PortabilityDiagnostics.ByteOrderMark || kind == PortabilityDiagnostics.ByteOrderMarkBeforeGuard) return Safe("Remove the byte order mark", new(span, ""));
        if (kind == PortabilityDiagnostics.UnusualWhiteSpace) return Safe("Write a blank", new(span, new string(' ', span.Length)));
        if (kind == PortabilityDiagnostics.EmptyList && FieldAt(tree, span) is { } empty) return Safe("Remove the field", new SpecEditor(tree).Remove(empty));
        return null;
    }

    /// <summary>The one that the message asks for, apart from what follows.</summary>
    private static string NeverOpenedBracket(Diagnostic diagnostic) => diagnostic.Message.StartsWith("Write '{'", StringComparison.Ordinal) ? "{ " : "< ";

    private static CodeFix Safe(string title, TextChange change) => new(title, FixSafety.Safe, change);

    /// <summary>The innermost field that holds a span.</summary>
    private static FieldSyntax? FieldAt(SyntaxTree tree, TextSpan span)
    {
        FieldSyntax? found = null;
        IEnumerable<FieldSyntax> fields = tree.Root.Fields;
        while (fields.FirstOrDefault(field => field.Span.Contains(span)) is { } field)
        {
            found = field;
            fields = field.Values.ToArray().OfType<MessageSyntax>().SelectMany(static message => message.Fields);
        }
        return found;
    }
}
