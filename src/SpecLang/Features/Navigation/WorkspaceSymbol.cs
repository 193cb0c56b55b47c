namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>A wheel of one of many specs.</summary>
/// <param name="Name">The distribution, or the whole name where no distribution is in it.</param>
/// <param name="Version">The number of its version; null when it has none.</param>
/// <param name="Location">Where its name is.</param>
public sealed record WorkspaceSymbol(string Name, string? Version, SpecLocation Location);
