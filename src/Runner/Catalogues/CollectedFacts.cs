namespace VPythonTools.Runner.Catalogues;

/// <summary>How much a source had to say.</summary>
/// <param name="Versions">Of how many versions of packages it told that there are.</param>
/// <param name="Metadata">Of how many wheels it told what they need and bring.</param>
internal readonly record struct CollectedFacts(int Versions, int Metadata);
