using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>Words that an editor shows between the characters of a spec.</summary>
/// <param name="Offset">Where they are shown.</param>
/// <param name="Text">The words: few, on one line.</param>
/// <param name="Kind">What they tell.</param>
/// <param name="Tooltip">The whole of it.</param>
/// <param name="Changes">What is written when the hint is accepted; empty where there is nothing to write.</param>
public sealed record InlayHint(int Offset, string Text, InlayHintKind Kind, string Tooltip, ImmutableArray<TextChange> Changes);
