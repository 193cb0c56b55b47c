using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>A line of words above a spec or a script, to be read or chosen.</summary>
/// <param name="Span">Above what it is shown: a guard, or the start of the text.</param>
/// <param name="Title">The words.</param>
/// <param name="Action">What happens when it is chosen.</param>
/// <param name="Target">The absolute path of what is meant: the spec to open or to install, the script to run; null where the text has no path.</param>
/// <param name="Tooltip">The reason, in a sentence; null where the words say all.</param>
/// <param name="Changes">What is written to the text; empty for actions that do not change it.</param>
public sealed record CodeLens(TextSpan Span, string Title, CodeLensAction Action, string? Target, string? Tooltip, ImmutableArray<TextChange> Changes);
