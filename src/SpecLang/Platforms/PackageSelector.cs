using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>
/// Selects the packages of one spec for any number of hosts. What is the same on all of them, such as templates and versions, is read once. Safe to be asked by
/// several threads.
/// </summary>
public sealed class PackageSelector
{
    private readonly Spec _spec;
    private readonly Func<string, PackageTemplate?> _findTemplate;
    private readonly Lazy<(SelectableWheel[] Wheels, List<PackageTemplate> Ends)> _read;

    /// <summary>A selector for a spec, which must not change from now on.</summary>
    public PackageSelector(Spec spec)
        : this(spec, static _ => null)
    {
    }

    /// <summary>A selector that reads no name as a template that somebody has read before.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="findTemplate">Finds what was made of a name; null where it is to be read here.</param>
    internal PackageSelector(Spec spec, Func<string, PackageTemplate?> findTemplate)
    {
        _spec = spec;
        _findTemplate = findTemplate;
        _read = new(Read);
    }

    /// <summary>The packages for a host.</summary>
    /// <param name="host">What the host supports; <c>match_tag</c> and <c>not_match_tag</c> are held against it.</param>
    /// <param name="variables">The values for the templates.</param>
    public PackageSelection Select(HostTags host, TemplateVariables variables)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(variables);
        var problems = ImmutableArray.CreateBuilder<SelectionProblem>();
        var names = new HostNames(_read.Value.Ends, variables);
        var selected = new List<SelectableWheel>(_spec.Wheel.Count);
        foreach (SelectableWheel wheel in Merge(host, problems))
        {
            if (IsSelected(wheel, names, problems)) selected.Add(wheel);
        }
        if (names.MayHaveSame(selected)) selected = WithoutSame(selected, names, problems);
        return new([.. selected.Select(static wheel => wheel.Index)], [.. problems.OrderBy(static problem => problem.WheelIndex)], NameAll);

        ImmutableArray<SelectedPackage> NameAll() => [.. selected.Select(wheel => new SelectedPackage(names.NameOf(wheel), wheel.Version!.Value, wheel.Index))];
    }

    /// <summary>The first of those whose names are the same package on this host.</summary>
    private List<SelectableWheel> WithoutSame(List<SelectableWheel> selected, HostNames names, ImmutableArray<SelectionProblem>.Builder problems)
    {
        var firsts = new Dictionary<PackageName, int>();
        var different = new List<SelectableWheel>(selected.Count);
        foreach (SelectableWheel wheel in selected)
        {
            PackageName name = names.NameOf(wheel);
            if (firsts.TryAdd(name, wheel.Index))
            {
                different.Add(wheel);
                continue;
            }
            int earlier = firsts[name];
            problems.Add(new(SelectionProblemKind.DuplicateAfterExpansion, wheel.Index,
                $"the package '{wheel.Package.Name}' is '{name}' on this platform, and so is '{_spec.Wheel[earlier].Name}'")
            { EarlierWheelIndex = earlier });
        }
        return different;
    }

    /// <summary>One entry for each name before expansion, of those that the host wants; the same version twice is one, two versions contradict each other.</summary>
    private IEnumerable<SelectableWheel> Merge(HostTags host, ImmutableArray<SelectionProblem>.Builder problems)
    {
        var firsts = new SelectableWheel?[_read.Value.Wheels.Length];
        foreach (SelectableWheel entry in _read.Value.Wheels)
        {
            if (!IsWanted(entry.Package, host)) continue;
            ref SelectableWheel? first = ref firsts[entry.FirstOfName];
            if (first is null)
            {
                first = entry;
                yield return entry;
            }
            else if (first.Package.Version != entry.Package.Version)
            {
                problems.Add(new(SelectionProblemKind.ConflictingVersions, entry.Index,
                    $"the package '{entry.Package.Name}' is wanted in two versions: '{first.Package.Version}' and '{entry.Package.Version}'")
                { EarlierWheelIndex = first.Index });
            }
        }
    }

    /// <summary>Whether an entry is for a host: no <c>not_match_tag</c> matches, and a <c>match_tag</c> does or there is none.</summary>
    private static bool IsWanted(Spec.Types.Package package, HostTags host) =>
        (package.NotMatchTag.Count == 0 || !package.NotMatchTag.Any(host.Match)) && (package.MatchTag.Count == 0 || package.MatchTag.Any(host.Match));

    private static bool IsSelected(SelectableWheel wheel, HostNames names, ImmutableArray<SelectionProblem>.Builder problems)
    {
        if (wheel.Template is null)
        {
            problems.Add(new(SelectionProblemKind.MalformedTemplate, wheel.Index, wheel.TemplateError!));
            return false;
        }
        if (!names.IsPackage(wheel, out TemplateExpansion? expansion))
        {
            if (expansion is TemplateExpansion.Failed failed) problems.Add(new(SelectionProblemKind.InvalidName, wheel.Index, failed.Error));
            return false;
        }
        if (wheel.Version is null) problems.Add(new(SelectionProblemKind.InvalidVersion, wheel.Index, $"{wheel.VersionError}, in the package '{wheel.Package.Name}'"));
        return wheel.Version is not null;
    }

    private (SelectableWheel[] Wheels, List<PackageTemplate> Ends) Read()
    {
        var firsts = new Dictionary<string, int>(_spec.Wheel.Count, StringComparer.Ordinal);
        var ends = new List<PackageTemplate>();
        var endIndexes = new Dictionary<string, int>(StringComparer.Ordinal);
        var wheels = new SelectableWheel[_spec.Wheel.Count];
        for (int i = 0; i < wheels.Length; i++)
        {
            Spec.Types.Package package = _spec.Wheel[i];
            firsts.TryAdd(package.Name, i);
            string? templateError = null;
            PackageTemplate? template = _findTemplate(package.Name);
            bool isTemplate = template is not null || PackageTemplate.TryParse(package.Name, out template, out templateError);
            bool isVersion = CipdVersion.TryParse(package.Version, out CipdVersion version, out string? versionError);
            bool isConstant = isTemplate && template!.Variables.IsEmpty;
            wheels[i] = new(i, package, firsts[package.Name])
            {
                Template = template,
                TemplateError = templateError,
                Constant = isConstant ? template!.ExpandConstant() : null,
                End = isTemplate && !isConstant ? FindEnd(package.Name, ends, endIndexes) : null,
                Version = isVersion ? version : null,
                VersionError = versionError,
            };
        }
        return (wheels, ends);
    }

    /// <summary>What stands behind the last slash before the first variable, where all before it is the beginning of a name.</summary>
    private static int? FindEnd(string name, List<PackageTemplate> ends, Dictionary<string, int> indexes)
    {
        int slash = name.LastIndexOf('/', name.IndexOf('$', StringComparison.Ordinal));
        if (slash <= 0 || !PackageName.IsName(name.AsSpan(0, slash))) return null;
        if (indexes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.AsSpan(slash + 1), out int known)) return known;
        string end = name[(slash + 1)..];
        if (!PackageTemplate.TryParse(end, out PackageTemplate? template, out _)) return null;
        ends.Add(template);
        indexes.Add(end, ends.Count - 1);
        return ends.Count - 1;
    }
}
