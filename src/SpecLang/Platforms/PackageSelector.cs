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
    private readonly Lazy<Entry[]> _entries;

    /// <summary>A selector for a spec, which must not change from now on.</summary>
    public PackageSelector(Spec spec)
    {
        _spec = spec;
        _entries = new(ReadEntries);
    }

    /// <summary>The packages for a host.</summary>
    /// <param name="host">What the host supports; <c>match_tag</c> and <c>not_match_tag</c> are held against it.</param>
    /// <param name="variables">The values for the templates.</param>
    public PackageSelection Select(HostTags host, TemplateVariables variables)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(variables);
        var problems = ImmutableArray.CreateBuilder<SelectionProblem>();
        var packages = ImmutableArray.CreateBuilder<SelectedPackage>();
        var indexes = new Dictionary<PackageName, int>();
        foreach (Entry entry in Merge(host, problems))
        {
            if (Expand(entry, variables, problems) is not { } selected) continue;
            if (indexes.TryAdd(selected.Name, entry.Index))
            {
                packages.Add(selected);
                continue;
            }
            int earlier = indexes[selected.Name];
            problems.Add(new(SelectionProblemKind.DuplicateAfterExpansion, entry.Index,
                $"the package '{entry.Package.Name}' is '{selected.Name}' on this platform, and so is '{_spec.Wheel[earlier].Name}'")
            { EarlierWheelIndex = earlier });
        }
        return new(packages.DrainToImmutable(), [.. problems.OrderBy(static problem => problem.WheelIndex)]);
    }

    /// <summary>One entry for each name before expansion, of those that the host wants; the same version twice is one, two versions contradict each other.</summary>
    private IEnumerable<Entry> Merge(HostTags host, ImmutableArray<SelectionProblem>.Builder problems)
    {
        var firsts = new Entry?[_entries.Value.Length];
        foreach (Entry entry in _entries.Value)
        {
            if (!IsWanted(entry.Package, host)) continue;
            ref Entry? first = ref firsts[entry.FirstOfName];
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

    private static SelectedPackage? Expand(Entry entry, TemplateVariables variables, ImmutableArray<SelectionProblem>.Builder problems)
    {
        if (entry.Template is not { } template)
        {
            problems.Add(new(SelectionProblemKind.MalformedTemplate, entry.Index, entry.TemplateError!));
            return null;
        }
        switch (entry.Constant ?? template.Expand(variables))
        {
            case TemplateExpansion.Skipped:
                return null;
            case TemplateExpansion.Failed failed:
                problems.Add(new(SelectionProblemKind.InvalidName, entry.Index, failed.Error));
                return null;
            case TemplateExpansion.Expanded expanded when entry.Version is { } version:
                return new(expanded.Name, version, entry.Index);
            default:
                problems.Add(new(SelectionProblemKind.InvalidVersion, entry.Index, $"{entry.VersionError}, in the package '{entry.Package.Name}'"));
                return null;
        }
    }

    private Entry[] ReadEntries()
    {
        var firsts = new Dictionary<string, int>(StringComparer.Ordinal);
        var entries = new Entry[_spec.Wheel.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            Spec.Types.Package package = _spec.Wheel[i];
            firsts.TryAdd(package.Name, i);
            bool isTemplate = PackageTemplate.TryParse(package.Name, out PackageTemplate? template, out string? templateError);
            bool isVersion = CipdVersion.TryParse(package.Version, out CipdVersion version, out string? versionError);
            entries[i] = new(i, package, firsts[package.Name])
            {
                Template = template,
                TemplateError = templateError,
                Constant = isTemplate && template!.Variables.IsEmpty ? template.ExpandConstant() : null,
                Version = isVersion ? version : null,
                VersionError = versionError,
            };
        }
        return entries;
    }

    /// <summary>An entry of the spec, with what is the same of it everywhere.</summary>
    /// <param name="Index">Its index.</param>
    /// <param name="Package">The entry.</param>
    /// <param name="FirstOfName">The index of the first entry with its name.</param>
    private sealed record Entry(int Index, Spec.Types.Package Package, int FirstOfName)
    {
        public PackageTemplate? Template { get; init; }

        public string? TemplateError { get; init; }

        /// <summary>The expansion of a template that has no variable.</summary>
        public TemplateExpansion? Constant { get; init; }

        public CipdVersion? Version { get; init; }

        public string? VersionError { get; init; }
    }
}
