using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>A part of a spec as an outline shows it.</summary>
/// <param name="Name">What it is called; never empty, and on one line: of a wheel its distribution, of other parts their field.</param>
/// <param name="Detail">What stands beside the name: a version, a value, a tag; null where there is nothing to say.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Span">All of it.</param>
/// <param name="SelectionSpan">What is selected when it is chosen; lies in <paramref name="Span"/>.</param>
/// <param name="Children">Its parts, in the order of the text; they lie in <paramref name="Span"/>.</param>
public sealed record SpecSymbol(string Name, string? Detail, SpecSymbolKind Kind, TextSpan Span, TextSpan SelectionSpan, ImmutableArray<SpecSymbol> Children);
