using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>One thing that can be written at a place.</summary>
/// <param name="Label">What a list shows.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Change">
/// What is replaced, and by what. Lines are complete: they have the indentation and the comment prefix of their place, and an editor adds none.
/// </param>
/// <param name="FilterText">What is held against the replaced text up to the cursor.</param>
public sealed record CompletionItem(string Label, CompletionKind Kind, TextChange Change, string FilterText)
{
    /// <summary>What a list shows beside the label; may be empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>By which items are sorted, as bytes.</summary>
    public string SortText { get; init; } = "";

    /// <summary>Whether the new text is a snippet: <c>$1</c>, <c>${1:text}</c>, <c>$0</c> are places to go to, and a backslash takes a sign its meaning.</summary>
    public bool IsSnippet { get; init; }

    /// <summary>Whether it is of former times: a wheel of Python 2 in a spec for Python 3, a version of a kind that is no longer made.</summary>
    public bool IsDeprecated { get; init; }

    /// <summary>Whether it is the one to be chosen where nothing else is said.</summary>
    public bool IsPreselected { get; init; }

    /// <summary>What changes elsewhere when the item is chosen; apart from <see cref="Change"/>.</summary>
    public ImmutableArray<TextChange> AdditionalChanges { get; init; } = [];

    /// <summary>What <see cref="SpecCompletion.Describe"/> is asked with; empty where there is nothing more to say.</summary>
    public string Key { get; init; } = "";
}
