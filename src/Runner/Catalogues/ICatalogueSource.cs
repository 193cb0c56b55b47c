using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.Runner.Catalogues;

/// <summary>Somewhere facts for a catalogue come from: a list of wheels, a package directory, a CIPD service.</summary>
internal interface ICatalogueSource
{
    /// <summary>The source as messages name it, such as <c>package directory 'samples/packages'</c>.</summary>
    string Description { get; }

    /// <summary>Adds all that the source knows. What was collected before a failure is of no use, and the catalogue is not written.</summary>
    ValueTask<Result<CollectedFacts>> CollectAsync(CatalogueBuilder catalogue, CancellationToken cancellation);
}
