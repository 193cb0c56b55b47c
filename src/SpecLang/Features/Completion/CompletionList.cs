using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>What can be written at a place, the best first.</summary>
/// <param name="Items">The items, in their order.</param>
/// <param name="IsIncomplete">Whether more typing asks for another list: this one was chosen by what is typed, or cut.</param>
public sealed record CompletionList(ImmutableArray<CompletionItem> Items, bool IsIncomplete)
{
    /// <summary>Nothing.</summary>
    public static CompletionList Empty { get; } = new([], IsIncomplete: false);
}
