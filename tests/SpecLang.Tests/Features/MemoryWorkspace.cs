using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Tests.Analysis;

namespace VPythonTools.SpecLang.Tests.Features;

/// <summary>What is around the specs of a test.</summary>
internal sealed class MemoryWorkspace
{
    /// <summary>No files, a few packages.</summary>
    public static MemoryWorkspace Empty { get; } = new();

    /// <summary>The files.</summary>
    public MemoryFiles Files { get; init; } = new();

    /// <summary>What is known of packages.</summary>
    public PackageCatalogue Catalogue { get; init; } = FewPackages.Instance;

    /// <summary>The lines of <c>.editorconfig</c>.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>What analysis asks.</summary>
    public AnalysisHost Host => new(Catalogue, Files, new(2026, 1, 1));
}
