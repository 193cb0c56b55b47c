using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>What a rename changes, or why it changes nothing.</summary>
/// <param name="Edits">The specs that change, the one that was asked first.</param>
/// <param name="Error">Why the name cannot be taken; null when it can.</param>
public sealed record RenameResult(ImmutableArray<SpecEdit> Edits, string? Error);
