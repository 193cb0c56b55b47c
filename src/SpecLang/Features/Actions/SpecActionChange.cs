using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Features.Actions;

/// <summary>What an action changes: all of it or nothing.</summary>
/// <param name="Files">The files, in the order in which they are to be changed.</param>
/// <param name="Notes">What the user should know of it, a line each.</param>
public sealed record SpecActionChange(ImmutableArray<FileChange> Files, ImmutableArray<string> Notes);
