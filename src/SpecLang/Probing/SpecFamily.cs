using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Probing;

/// <summary>
/// A way to write specs, as far as finding them goes: how their files are named, and how they are found in scripts. A search is made with a list of
/// families; where two have a spec at the same place, the earlier one wins.
/// </summary>
public sealed class SpecFamily
{
    /// <summary>Specs in protobuf text format: <c>.vpython3</c> files and regions between guards.</summary>
    public static SpecFamily TextFormat { get; } = new()
    {
        PartnerSuffix = ".vpython3",
        CommonNames = [".vpython3"],
        Open = static text => SpecDocument.Parse(text, DocumentKind.Spec),
        FindEmbedded = FindRegion,
    };

    /// <summary>What is appended to the path of a script or package to make that of its partner.</summary>
    public required string PartnerSuffix { get; init; }

    /// <summary>The names of common specs, the preferred one first.</summary>
    public required ImmutableArray<string> CommonNames { get; init; }

    /// <summary>Makes the document of a file that is a spec.</summary>
    public required Func<SourceText, SpecDocument> Open { get; init; }

    /// <summary>Makes the document of a script that holds a spec; null when it holds none of this family.</summary>
    public required Func<SourceText, SpecDocument?> FindEmbedded { get; init; }

    /// <summary>A script whose guards are wrong has a spec, though a broken one: it must not run as if it had none.</summary>
    private static SpecDocument? FindRegion(SourceText text)
    {
        SpecDocument document = SpecDocument.Parse(text, DocumentKind.Script);
        bool meansSpec = document.Region is not null || document.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return meansSpec ? document : null;
    }
}
