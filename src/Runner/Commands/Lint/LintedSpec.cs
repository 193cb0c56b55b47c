using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>A file that was looked at, and what was found in it.</summary>
/// <param name="ShownPath">The path as people and scripts of the caller know it: as they wrote it, or relative to where they stand; with <c>/</c> between names.</param>
/// <param name="RepositoryPath">The path from the root of the repository on, for services that know the repository; with <c>/</c> between names.</param>
/// <param name="Text">Its text.</param>
/// <param name="Diagnostics">The findings that count, in order of position.</param>
internal sealed record LintedSpec(string ShownPath, string RepositoryPath, SourceText Text, ImmutableArray<Diagnostic> Diagnostics);
