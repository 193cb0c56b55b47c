using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>VPY12nn: fields, values and the schema that they must fit.</summary>
public static class SchemaDiagnostics
{
    // First, since each descriptor enters itself.
    private static readonly ImmutableArray<DiagnosticDescriptor>.Builder Entered = ImmutableArray.CreateBuilder<DiagnosticDescriptor>();

    /// <summary>A name that the message has no field for.</summary>
    public static readonly DiagnosticDescriptor UnknownField = Error(
        "VPY1201", "Unknown field", "'{0}' has no field '{1}'. {2}");

    /// <summary>A name that the schema has reserved for a field of former times.</summary>
    public static readonly DiagnosticDescriptor ReservedField = Warning(
        "VPY1202", "Field of former times", "'{0}' no longer has the field '{1}', and its value has no effect. The Go vpython3 refuses it. Remove it.");

    /// <summary>A field that can be set once, set again.</summary>
    public static readonly DiagnosticDescriptor SetTwice = Error(
        "VPY1203", "Field set twice", "'{0}' can be set only once, and line {1} sets it already.");

    /// <summary>Two fields of which only one can be set.</summary>
    public static readonly DiagnosticDescriptor OneofSetTwice = Error(
        "VPY1204", "Two fields of a choice", "Only one of the fields of '{0}' can be set: '{1}' and '{2}' are.");

    /// <summary>A value of the wrong kind.</summary>
    public static readonly DiagnosticDescriptor WrongKind = Error(
        "VPY1205", "Value of the wrong kind", "The field '{0}' takes {1}, not {2}.");

    /// <summary>A number that does not fit its field.</summary>
    public static readonly DiagnosticDescriptor OutOfRange = Error(
        "VPY1206", "Number out of range", "{0} is outside the range of the field '{1}': {2} to {3}.");

    /// <summary>A name or number that the enumeration does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownEnumValue = Error(
        "VPY1207", "Unknown value of an enumeration", "'{0}' has no value {1}. {2}");

    /// <summary>Text whose bytes are not UTF-8.</summary>
    public static readonly DiagnosticDescriptor NotUtf8 = Error(
        "VPY1208", "Text that is not UTF-8", "The value of '{0}' is not UTF-8: the byte 0x{1:X2} starts no character. Save the file as UTF-8, or mend the escapes.");

    /// <summary>A list for a field that takes one value.</summary>
    public static readonly DiagnosticDescriptor ListForOneValue = Error(
        "VPY1209", "List for a single value", "The field '{0}' takes one value, not a list.");

    /// <summary>A name in brackets: an extension, or the message in an Any.</summary>
    public static readonly DiagnosticDescriptor BracketedName = Error(
        "VPY1210", "Name in brackets", "'{0}' has no fields in brackets, which are for extensions and for messages of any type.");

    /// <summary>A field that its message must have.</summary>
    public static readonly DiagnosticDescriptor MissingRequired = Warning(
        "VPY1211", "Missing field", "'{0}' must have the field '{1}'.");

    /// <summary>A list of scalars without a colon before it.</summary>
    public static readonly DiagnosticDescriptor MissingColonBeforeList = Error(
        "VPY1212", "Missing colon", "Write ':' between '{0}' and its value: only messages can do without.");

    /// <summary>All of them, in the order of their identifiers.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = Entered.ToImmutable().Sort(static (left, right) => string.CompareOrdinal(left.Id, right.Id));

    private static DiagnosticDescriptor Error(string id, string title, string format) =>
        Enter(new(id, title, format, DiagnosticCategory.Schema, DiagnosticSeverity.Error));

    private static DiagnosticDescriptor Warning(string id, string title, string format) =>
        Enter(new(id, title, format, DiagnosticCategory.Schema, DiagnosticSeverity.Warning));

    private static DiagnosticDescriptor Enter(DiagnosticDescriptor descriptor)
    {
        Entered.Add(descriptor);
        return descriptor;
    }
}
