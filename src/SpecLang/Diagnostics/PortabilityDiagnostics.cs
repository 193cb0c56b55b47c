namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>VPY13nn: text that we accept and the deployed <c>vpython3</c> refuses or reads differently.</summary>
public static class PortabilityDiagnostics
{
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

    private static DiagnosticDescriptor Warning(string id, string title, string format) =>
        new(id, title, format, DiagnosticCategory.Portability, DiagnosticSeverity.Warning);
}
