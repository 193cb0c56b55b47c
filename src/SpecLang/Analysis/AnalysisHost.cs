using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>What analysis asks of the world.</summary>
/// <param name="Catalogue">What is known of packages.</param>
/// <param name="Files">The files around a spec.</param>
/// <param name="Today">The day that ends of support are held against.</param>
public sealed record AnalysisHost(PackageCatalogue Catalogue, IFileSystem Files, DateOnly Today)
{
    /// <summary>What specs mean that were looked at with this catalogue.</summary>
    internal SpecMeanings Meanings => field?.Catalogue == Catalogue ? field : field = new(Catalogue);

    /// <summary>The built-in catalogue, the disk, and this day.</summary>
    public static AnalysisHost Default => new(PackageCatalogue.BuiltIn, PhysicalFileSystem.Instance, DateOnly.FromDateTime(DateTime.UtcNow));
}
