using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>A package of the catalogue, with all that it may be asked for by.</summary>
internal sealed class WheelCandidate
{
    /// <summary>The worst rank of one that is spelt as what is typed; what comes behind it is only spelt alike.</summary>
    public const int WorstMatch = 7;

    private readonly string _label;
    private readonly string _distribution;
    private readonly ImmutableArray<string> _modules;

    public WheelCandidate(CataloguePackage package)
    {
        Package = package;
        Name = package.ParsedName;
        Distribution = package.Distribution;
        Uses = package.Uses;
        Label = package.Name.StartsWith(WheelPackageName.UsualPrefix, StringComparison.Ordinal) ? package.Name[WheelPackageName.UsualPrefix.Length..] : package.Name;
        _label = Fold(Label);
        _distribution = Name.Distribution.Value;
        _modules = [.. Distribution.Modules.Where(static module => !module.StartsWith('_')).Select(Fold)];
    }

    /// <summary>The package.</summary>
    public CataloguePackage Package { get; }

    /// <summary>Its name.</summary>
    public WheelPackageName Name { get; }

    /// <summary>What is in it.</summary>
    public CatalogueDistribution Distribution { get; }

    /// <summary>How many published specs were seen that name it.</summary>
    public int Uses { get; }

    /// <summary>The name without the prefix that nearly all have.</summary>
    public string Label { get; }

    /// <summary>What a query is compared in: lower case, with one sign for all that part words.</summary>
    public static string Fold(string text) => text.ToLowerInvariant().Replace('_', '-').Replace('.', '-');

    /// <summary>How well it is what a folded query asks for: 0 is the thing itself; null is something else.</summary>
    public int? Rank(string query)
    {
        if (query.Length == 0) return 0;
        if (_distribution == query || _label == query) return 0;
        if (_modules.Contains(query)) return 1;
        if (_distribution.StartsWith(query, StringComparison.Ordinal) || _label.StartsWith(query, StringComparison.Ordinal)) return 2;
        foreach (string module in _modules)
        {
            if (module.StartsWith(query, StringComparison.Ordinal)) return 3;
        }
        int found = _distribution.IndexOf(query, StringComparison.Ordinal);
        if (found > 0) return _distribution[found - 1] == '-' ? 4 : 5;
        return query.Length > 1 && IsSubsequence(query, _distribution) ? WorstMatch : null;
    }

    /// <summary>Whether the distribution is spelt almost as the query.</summary>
    public bool IsNear(string query) => Math.Abs(query.Length - _distribution.Length) <= 2 && EditDistance.Between(query, _distribution) <= 2;

    /// <summary>Whether the letters of a query come in a text in their order, beginning with its first.</summary>
    private static bool IsSubsequence(string query, string text)
    {
        if (text[0] != query[0]) return false;
        int next = 0;
        foreach (char character in text)
        {
            if (character == query[next] && ++next == query.Length) return true;
        }
        return false;
    }
}
