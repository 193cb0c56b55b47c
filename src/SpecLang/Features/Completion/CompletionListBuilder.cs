using System.Collections.Immutable;
using System.Globalization;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>Collects the items of a list, in the order that they are to be shown in.</summary>
internal sealed class CompletionListBuilder
{
    /// <summary>As many as anybody reads; what is typed next chooses among the rest.</summary>
    public const int MostItems = 200;

    private readonly ImmutableArray<CompletionItem>.Builder _items = ImmutableArray.CreateBuilder<CompletionItem>();

    /// <summary>Whether the list depends on what is typed.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Whether nothing more goes in.</summary>
    public bool IsFull => _items.Count == MostItems;

    /// <summary>Adds an item behind the others; beyond the limit there is none.</summary>
    public void Add(CompletionItem item)
    {
        if (IsFull)
        {
            IsIncomplete = true;
            return;
        }
        _items.Add(item with { SortText = _items.Count.ToString("D4", CultureInfo.InvariantCulture) });
    }

    /// <summary>The list.</summary>
    public CompletionList Build() => _items.Count == 0 && !IsIncomplete ? CompletionList.Empty : new(_items.ToImmutable(), IsIncomplete);
}
