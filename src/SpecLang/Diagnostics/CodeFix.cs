using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>A way to mend a finding: changes to the text that has it.</summary>
/// <param name="Title">What it does, as a command: <c>Remove this wheel</c>.</param>
/// <param name="Safety">Whether it can be applied without being looked at.</param>
/// <param name="Changes">The changes; they do not overlap.</param>
public sealed record CodeFix(string Title, FixSafety Safety, ImmutableArray<TextChange> Changes)
{
    /// <summary>A fix of one change.</summary>
    public CodeFix(string title, FixSafety safety, TextChange change)
        : this(title, safety, [change])
    {
    }
}
