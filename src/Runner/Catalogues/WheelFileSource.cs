using VPythonTools.Runner.Console;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.Runner.Catalogues;

/// <summary>The facts of a wheel: what its distribution needs and brings. Nothing in it says of which package it is.</summary>
/// <param name="path">The file.</param>
internal sealed class WheelFileSource(string path) : ICatalogueSource
{
    /// <inheritdoc/>
    public string Description => $"wheel '{path}'";

    /// <inheritdoc/>
    public ValueTask<Result<CollectedFacts>> CollectAsync(CatalogueBuilder catalogue, CancellationToken cancellation)
    {
        if (!WheelArchive.Open(path).TryGet(out WheelArchive? wheel, out Failure? failure)) return ValueTask.FromResult<Result<CollectedFacts>>(failure);
        using (wheel)
            return ValueTask.FromResult(WheelKnowledge.AddTo(catalogue, wheel).Then<CollectedFacts>(_ => new CollectedFacts(0, 1)));
    }
}
