using VPythonTools.Runner.Console;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.Runner.Catalogues;

/// <summary>What a catalogue keeps of a wheel: METADATA, and the modules that RECORD's files are.</summary>
internal static class WheelKnowledge
{
    private const int MaximumRequirements = 1000;

    /// <summary>Adds the metadata of a wheel; answers with the version.</summary>
    public static Result<string> AddTo(CatalogueBuilder catalogue, WheelArchive wheel)
    {
        try
        {
            MetadataHeaders headers = wheel.ReadMetadata();
            string[] requirements = [.. headers.FindAll("Requires-Dist")];
            var metadata = new DistributionMetadata(wheel.Version, $"wheel {wheel.FileName}")
            {
                Summary = headers.Find("Summary") is { } summary && summary != "UNKNOWN" ? FirstLine(summary) : "",
                RequiresPython = headers.Find("Requires-Python") ?? "",
                RequirementTexts = [.. requirements.Take(MaximumRequirements).Select(FirstLine)],
                SourceHasAllRequirements = requirements.Length <= MaximumRequirements,
                Modules = WheelModules.Of(wheel),
            };
            return catalogue.SetMetadata(wheel.Distribution, metadata) is { } problem
                ? new Failure("VPY3407", $"The wheel '{wheel.Origin}' cannot be entered in a catalogue: {problem}") { NextStep = "only wheels with a version of PEP 440 can; leave it out" }
                : wheel.Version;
        }
        catch (InvalidDataException exception)
        {
            return wheel.Damaged(exception);
        }
    }

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0].Trim();
}
