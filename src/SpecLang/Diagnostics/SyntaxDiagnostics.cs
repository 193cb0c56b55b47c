using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>VPY10nn: characters, tokens and their order.</summary>
public static class SyntaxDiagnostics
{
    // First, since each descriptor enters itself.
    private static readonly ImmutableArray<DiagnosticDescriptor>.Builder Entered = ImmutableArray.CreateBuilder<DiagnosticDescriptor>();

    /// <summary>Text where a field should be.</summary>
    public static readonly DiagnosticDescriptor FieldExpected = Error(
        "VPY1001", "Not a field", "Expected a field here, such as 'name: \"value\"', but found {0}.");

    /// <summary>A value directly behind a field name.</summary>
    public static readonly DiagnosticDescriptor MissingColon = Error(
        "VPY1002", "Missing colon", "Write ':' between '{0}' and its value.");

    /// <summary>A field name, with or without colon, and no value.</summary>
    public static readonly DiagnosticDescriptor MissingValue = Error(
        "VPY1003", "Missing value", "The field '{0}' has no value.");

    /// <summary>A message or list that is open at the end.</summary>
    public static readonly DiagnosticDescriptor NeverClosed = Error(
        "VPY1004", "Never closed", "This '{0}' is never closed. Write the '{1}' that belongs to it.");

    /// <summary>A brace that closes an angle bracket, or the reverse.</summary>
    public static readonly DiagnosticDescriptor WrongClose = Error(
        "VPY1005", "Brackets of two kinds", "'{0}' cannot close the '{1}' of line {2}. Write '{3}'.");

    /// <summary>A closing sign for which nothing is open.</summary>
    public static readonly DiagnosticDescriptor StrayClose = Error(
        "VPY1006", "Nothing to close", "There is nothing open that this '{0}' could close.");

    /// <summary>A string whose line ends before its quote.</summary>
    public static readonly DiagnosticDescriptor UnterminatedString = Error(
        "VPY1007", "Unterminated string", "This string does not end on its line. Write the closing {0}.");

    /// <summary>A backslash that does not begin a known escape.</summary>
    public static readonly DiagnosticDescriptor InvalidEscape = Error(
        "VPY1008", "Invalid escape", "'{0}' is no escape sequence. {1}");

    /// <summary>A heredoc without the line that ends it.</summary>
    public static readonly DiagnosticDescriptor UnterminatedHeredoc = Error(
        "VPY1009", "Unterminated heredoc", "No later line holds only '{0}', which would end the text that begins here.");

    /// <summary>A character that means nothing outside strings and comments, or NUL.</summary>
    public static readonly DiagnosticDescriptor InvalidCharacter = Error(
        "VPY1010", "Invalid character", "{0} cannot stand here.");

    /// <summary>A number that is not written as one.</summary>
    public static readonly DiagnosticDescriptor InvalidNumber = Error(
        "VPY1011", "Invalid number", "'{0}' is not a number: {1}");

    /// <summary>Two elements of a list without a comma between them.</summary>
    public static readonly DiagnosticDescriptor MissingComma = Error(
        "VPY1012", "Missing comma", "Expected ',' or ']' behind an element of a list, but found {0}.");

    /// <summary>A comma before the end of a list.</summary>
    public static readonly DiagnosticDescriptor TrailingComma = Error(
        "VPY1013", "Comma at the end of a list", "A list cannot end in a comma. Remove it.");

    /// <summary>What version control leaves in an unfinished merge.</summary>
    public static readonly DiagnosticDescriptor ConflictMarker = Error(
        "VPY1014", "Unresolved merge conflict", "A merge conflict begins with this mark. Keep the side that is right and remove the marks.");

    /// <summary>Messages within messages, beyond the limit of readers.</summary>
    public static readonly DiagnosticDescriptor TooDeep = Error(
        "VPY1015", "Nested too deeply", "Messages cannot be nested deeper than {0} levels.");

    /// <summary>A second separator behind a field, or one before any field.</summary>
    public static readonly DiagnosticDescriptor StraySeparator = Error(
        "VPY1016", "Separator without a field", "At most one ',' or ';' may follow a field. Remove this '{0}'.");

    /// <summary>An equals sign where a colon should be.</summary>
    public static readonly DiagnosticDescriptor EqualsForColon = Error(
        "VPY1017", "Equals sign for a colon", "A field and its value are joined by ':', not by '='.");

    /// <summary>A number or a string in the place of a field name.</summary>
    public static readonly DiagnosticDescriptor NameExpected = Error(
        "VPY1018", "Not a field name", "A field is named by a word, not by {0}.");

    /// <summary>A list as an element of a list.</summary>
    public static readonly DiagnosticDescriptor NestedList = Error(
        "VPY1019", "List in a list", "An element of a list cannot be a list.");

    /// <summary>A value is missing in a list.</summary>
    public static readonly DiagnosticDescriptor ElementExpected = Error(
        "VPY1020", "Missing element", "Expected an element of the list, but found {0}.");

    /// <summary>A text value without quotes.</summary>
    public static readonly DiagnosticDescriptor MissingQuotes = Error(
        "VPY1021", "Missing quotes", "Text needs straight quotes: write \"{0}\".");

    /// <summary>A sign between a field's name and its value.</summary>
    public static readonly DiagnosticDescriptor ValueExpected = Error(
        "VPY1022", "Not a value", "Expected the value of the field here, but found {0}.");

    /// <summary>A message that a bracket closes and none opens.</summary>
    public static readonly DiagnosticDescriptor NeverOpened = Error(
        "VPY1023", "Never opened", "Write '{0}' before '{1}', where a message begins that a '{2}' ends.");

    /// <summary>A file that is no text at all.</summary>
    public static readonly DiagnosticDescriptor NotText = Error(
        "VPY1024", "Not text", "This is no text: it has NUL bytes{0}. {1}");

    /// <summary>All of them, in the order of their identifiers.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = Entered.ToImmutable().Sort(static (left, right) => string.CompareOrdinal(left.Id, right.Id));

    private static DiagnosticDescriptor Error(string id, string title, string format) =>
        Enter(new(id, title, format, DiagnosticCategory.Syntax, DiagnosticSeverity.Error));

    private static DiagnosticDescriptor Enter(DiagnosticDescriptor descriptor)
    {
        Entered.Add(descriptor);
        return descriptor;
    }
}
