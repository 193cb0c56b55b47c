namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>Why something is no catalogue, or cannot be made one.</summary>
/// <param name="Reason">What is wrong, as the end of a sentence.</param>
/// <param name="Line">The line of a text that is wrong, from one; zero where there are no lines.</param>
/// <param name="IsNewer">Whether a newer version of this program may be able to read it.</param>
public sealed record CatalogueFault(string Reason, int Line = 0, bool IsNewer = false);
