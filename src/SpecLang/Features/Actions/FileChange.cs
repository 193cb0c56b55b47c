using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Actions;

/// <summary>What becomes of one file.</summary>
/// <param name="Path">The file.</param>
public abstract record FileChange(string Path)
{
    /// <summary>Parts of its text are replaced.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Before">The text that the changes belong to.</param>
    /// <param name="Changes">The changes; they do not overlap.</param>
    public sealed record Edit(string Path, SourceText Before, ImmutableArray<TextChange> Changes) : FileChange(Path);

    /// <summary>It is made. That nothing is there yet was seen when the change was computed, and has to hold when it is made.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Text">Its text.</param>
    public sealed record Creation(string Path, string Text) : FileChange(Path);

    /// <summary>It is removed.</summary>
    /// <param name="Path">The file.</param>
    public sealed record Deletion(string Path) : FileChange(Path);
}
