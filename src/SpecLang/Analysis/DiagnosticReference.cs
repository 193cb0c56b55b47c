using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>Every kind of finding that there is: those of the language and those of the rules.</summary>
public static class DiagnosticReference
{
    /// <summary>All of them, in the order of their identifiers.</summary>
    public static ImmutableArray<DiagnosticReferenceEntry> All => field.IsDefault ? field = Collect() : field;

    /// <summary>The kind with an identifier, in either case; null when there is none.</summary>
    public static DiagnosticReferenceEntry? Find(string id) => All.FirstOrDefault(entry => entry.Descriptor.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    private static ImmutableArray<DiagnosticReferenceEntry> Collect()
    {
        IEnumerable<DiagnosticDescriptor> language = SyntaxDiagnostics.All.Concat(RegionDiagnostics.All).Concat(SchemaDiagnostics.All).Concat(PortabilityDiagnostics.All);
        return
        [
            .. language.Select(static descriptor => new DiagnosticReferenceEntry(descriptor, null))
                .Concat(RuleList.All.Select(static rule => new DiagnosticReferenceEntry(rule.Descriptor, rule.Documentation)))
                .OrderBy(static entry => entry.Descriptor.Id, StringComparer.Ordinal),
        ];
    }
}
