using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>A comment that suppresses findings: <c># vpython: disable=VPY2003,VPY2104 -- reason</c>.</summary>
/// <param name="Span">The comment.</param>
/// <param name="Codes">The identifiers with their places; <c>all</c> is every one.</param>
/// <param name="Scope">The part of the text that it speaks of.</param>
/// <param name="Reason">What stands behind <c>--</c>; null when there is nothing.</param>
public sealed record SuppressionComment(TextSpan Span, ImmutableArray<(string Id, TextSpan Span)> Codes, TextSpan Scope, string? Reason);
