using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>VPY13nn: text that we accept and the deployed <c>vpython3</c> refuses or reads differently.</summary>
public static class PortabilityDiagnostics
{
    // First, since each descriptor enters itself.
    private static readonly ImmutableArray<DiagnosticDescriptor>.Builder Entered = ImmutableArray.CreateBuilder<DiagnosticDescriptor>();

    /// <summary>An end guard that closing signs follow on its line.</summary>
    public static readonly DiagnosticDescriptor EndGuardBeforeClosingSigns = Warning(
        "VPY1301",
        "Closing signs after the end guard",
        "The Go vpython3 does not see this end guard, because '{0}' follows it. Move what follows to the next line.");

    /// <summary>A complete spec behind a pair of guards without a line between them.</summary>
    public static readonly DiagnosticDescriptor HiddenByEmptyRegion = Warning(
        "VPY1302",
        "Spec behind an empty one",
        "The Go vpython3 does not see this spec: it stops at the guards of line {0}, which hold no line. Remove those.");

    /// <summary>A byte order mark at the start of a spec.</summary>
    public static readonly DiagnosticDescriptor ByteOrderMark = Warning(
        "VPY1303",
        "Byte order mark",
        "The Go vpython3 refuses a spec that starts with a byte order mark. Save the file as UTF-8 without one.");

    /// <summary>A form feed or vertical tab between tokens.</summary>
    public static readonly DiagnosticDescriptor UnusualWhiteSpace = Warning(
        "VPY1304",
        "Unusual white space",
        "The Go vpython3 refuses form feeds and vertical tabs. Write a blank or a line break.");

    /// <summary>A carriage return without line feed in a comment.</summary>
    public static readonly DiagnosticDescriptor LoneCarriageReturn = Warning(
        "VPY1305",
        "Carriage return within a comment",
        "A carriage return alone does not end this comment, although editors show a new line: what follows it is still comment. Use LF or CR LF.");

    /// <summary>A line of a comment or string that ends like the beginning of a heredoc.</summary>
    public static readonly DiagnosticDescriptor LooksLikeHeredoc = Warning(
        "VPY1306",
        "Looks like the beginning of a heredoc",
        "The Go vpython3 takes '<< {0}' at the end of a line as the beginning of a heredoc, also in comments. Write something behind it.");

    /// <summary>A line of 64 KiB in a script.</summary>
    public static readonly DiagnosticDescriptor LongLine = Warning(
        "VPY1307",
        "Very long line",
        "The Go vpython3 cannot read a script that has a line of 65536 bytes or more before the end of its spec. Break the line.");

    /// <summary>A list without elements.</summary>
    public static readonly DiagnosticDescriptor EmptyList = Warning(
        "VPY1308",
        "Empty list",
        "The Go vpython3 refuses empty lists. Remove the field.");

    /// <summary>An escape that the Go parser refuses or reads otherwise.</summary>
    public static readonly DiagnosticDescriptor UnusualEscape = Warning(
        "VPY1309",
        "Escape sequence that is not portable",
        "The Go vpython3 {1}. Write '{0}' as the character itself, or with three octal digits.");

    /// <summary>A version of Python that is a path.</summary>
    public static readonly DiagnosticDescriptor PythonVersionIsPath = Warning(
        "VPY1310",
        "Python version that is a path",
        "'{0}' is no version. The Go vpython3 takes it as the path of a directory beside its own.");

    /// <summary>A field that is set to its default first and to another value later.</summary>
    public static readonly DiagnosticDescriptor SetAfterDefault = Warning(
        "VPY1311",
        "Field set twice",
        "The Go vpython3 refuses a second '{0}', although the first one is empty. Remove the first one.");

    /// <summary>A byte order mark on the line of the begin guard.</summary>
    public static readonly DiagnosticDescriptor ByteOrderMarkBeforeGuard = Warning(
        "VPY1312",
        "Byte order mark before the begin guard",
        "The Go vpython3 takes the byte order mark for a part of what stands before the begin guard, and so removes nothing from the lines of the spec. Save the file as UTF-8 without one.");

    /// <summary>All of them, in the order of their identifiers.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = Entered.ToImmutable().Sort(static (left, right) => string.CompareOrdinal(left.Id, right.Id));

    private static DiagnosticDescriptor Warning(string id, string title, string format) =>
        Enter(new(id, title, format, DiagnosticCategory.Portability, DiagnosticSeverity.Warning));

    private static DiagnosticDescriptor Enter(DiagnosticDescriptor descriptor)
    {
        Entered.Add(descriptor);
        return descriptor;
    }
}
