using System.Collections.Immutable;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>
/// The packages that a spec means on one platform: entries filtered by their tags, equal ones merged, templates expanded, sorted by name and then version.
/// The order of the spec's entries does not matter.
/// </summary>
public sealed class PackageSelection
{
    private readonly Func<ImmutableArray<SelectedPackage>> _nameAll;

    /// <summary>A selection whose packages are named when they are asked for.</summary>
    internal PackageSelection(ImmutableArray<int> wheels, ImmutableArray<SelectionProblem> problems, Func<ImmutableArray<SelectedPackage>> nameAll)
    {
        WheelIndexes = wheels;
        Problems = problems;
        _nameAll = nameAll;
    }

    /// <summary>The indexes of the spec's <c>wheel</c> entries that ask for packages, in order; without those that have problems.</summary>
    public ImmutableArray<int> WheelIndexes { get; }

    /// <summary>The packages, sorted; without those that have problems.</summary>
    public ImmutableArray<SelectedPackage> Packages => field.IsDefault ? field = [.. PackagesInOrder.OrderBy(static package => package.Name).ThenBy(static package => package.Version)] : field;

    /// <summary>The packages in the order of the spec's entries; without those that have problems.</summary>
    public ImmutableArray<SelectedPackage> PackagesInOrder => field.IsDefault ? field = _nameAll() : field;

    /// <summary>What is wrong, in the order of the spec's entries; an environment is made only when there is nothing.</summary>
    public ImmutableArray<SelectionProblem> Problems { get; }

    /// <summary>Selects the packages of a spec for one host; a <see cref="PackageSelector"/> does so for several.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="hostTags">What the host supports; <c>match_tag</c> and <c>not_match_tag</c> are held against it.</param>
    /// <param name="variables">The values for the templates.</param>
    public static PackageSelection Select(Spec spec, IReadOnlyList<Pep425Tag> hostTags, TemplateVariables variables) =>
        new PackageSelector(spec).Select(new HostTags(hostTags), variables);
}
