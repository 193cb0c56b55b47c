using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>VPY11nn: where a spec begins and ends in the script that holds it.</summary>
public static class RegionDiagnostics
{
    // First, since each descriptor enters itself.
    private static readonly ImmutableArray<DiagnosticDescriptor>.Builder Entered = ImmutableArray.CreateBuilder<DiagnosticDescriptor>();

    /// <summary>There is a begin guard and content, but no end guard.</summary>
    public static readonly DiagnosticDescriptor Unterminated = Error(
        "VPY1101",
        "Unterminated spec",
        "The spec that begins here never ends: no later line ends with '[VPYTHON:END]'.");

    /// <summary>Begin and end guard stand behind different text, and content lines behind one of the two.</summary>
    public static readonly DiagnosticDescriptor PrefixesDiffer = Error(
        "VPY1102",
        "The guards have different prefixes",
        "The end guard stands behind '{0}', the begin guard behind '{1}'; unless both are the same, vpython3 removes neither from the lines between and reads the spec as something else. Write '{1}' before both guards.");

    /// <summary>A line would begin a spec if nothing came after its guard.</summary>
    public static readonly DiagnosticDescriptor TextAfterBegin = Warning(
        "VPY1103",
        "Text after the begin guard",
        "No spec begins here, because '[VPYTHON:BEGIN]' is not the end of its line. Remove what follows it.");

    /// <summary>The only candidate for an end guard has text after it.</summary>
    public static readonly DiagnosticDescriptor TextAfterEnd = Error(
        "VPY1104",
        "Text after the end guard",
        "The spec does not end here, because '[VPYTHON:END]' is not the end of its line. Remove what follows it.");

    /// <summary>A begin guard between a begin guard and its end.</summary>
    public static readonly DiagnosticDescriptor SecondBegin = Error(
        "VPY1105",
        "Begin guard within a spec",
        "A spec has already begun at line {0}. Remove this guard, or end the first spec before it.");

    /// <summary>A content line that has the comment sign of the guards, but not their exact prefix.</summary>
    public static readonly DiagnosticDescriptor LineWithoutPrefix = Warning(
        "VPY1106",
        "Line without the prefix of the guards",
        "This line is a comment of the spec, because it does not start with '{0}' as the guards do. Write '{0}' if it is part of the spec.");

    /// <summary>A begin guard, and its end guard on the next line.</summary>
    public static readonly DiagnosticDescriptor Empty = Warning(
        "VPY1107",
        "No line between the guards",
        "There is no line between these guards, and that is no spec: vpython3 goes on looking elsewhere. Put an empty line between them for a spec without wheels.");

    /// <summary>A second complete spec in the same file.</summary>
    public static readonly DiagnosticDescriptor SecondRegionIgnored = Warning(
        "VPY1108",
        "Second spec in one file",
        "This spec has no effect: the one at line {0} is the spec of this file.");

    /// <summary>An end guard without a begin guard.</summary>
    public static readonly DiagnosticDescriptor EndWithoutBegin = Warning(
        "VPY1109",
        "End guard without begin guard",
        "No spec ends here: no earlier line ends with '[VPYTHON:BEGIN]'.");

    /// <summary>A spec without a field, one of whose comments is a field but for its comment sign.</summary>
    public static readonly DiagnosticDescriptor OnlyComments = Warning(
        "VPY1110",
        "Every line of the spec is a comment",
        "Every line of this spec is a comment, so vpython3 reads an empty spec, although this one looks like a field. The guards stand behind '{0}': write just that before the lines of the spec, or remove them.");

    /// <summary>A begin guard with nothing behind it.</summary>
    public static readonly DiagnosticDescriptor BeginWithoutEnd = Warning(
        "VPY1111",
        "Begin guard without end guard",
        "No spec begins here: nothing follows, and no later line ends with '[VPYTHON:END]'.");

    /// <summary>All of them, in the order of their identifiers.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = Entered.ToImmutable().Sort(static (left, right) => string.CompareOrdinal(left.Id, right.Id));

    private static DiagnosticDescriptor Error(string id, string title, string format) =>
        Enter(new(id, title, format, DiagnosticCategory.Region, DiagnosticSeverity.Error));

    private static DiagnosticDescriptor Warning(string id, string title, string format) =>
        Enter(new(id, title, format, DiagnosticCategory.Region, DiagnosticSeverity.Warning));

    private static DiagnosticDescriptor Enter(DiagnosticDescriptor descriptor)
    {
        Entered.Add(descriptor);
        return descriptor;
    }
}
