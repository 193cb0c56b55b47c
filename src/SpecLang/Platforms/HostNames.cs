using System.Diagnostics.CodeAnalysis;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>
/// What the names of a spec are with the variables of one host. Most names differ in their beginnings only, and end with one of few templates; such an end is expanded once, and
/// the whole name is made when somebody wants to have it.
/// </summary>
/// <param name="ends">The ends that names have in common.</param>
/// <param name="variables">The values of the host.</param>
internal sealed class HostNames(IReadOnlyList<PackageTemplate> ends, TemplateVariables variables)
{
    private readonly TemplateExpansion?[] _ends = new TemplateExpansion?[ends.Count];

    /// <summary>Whether a name is one of a package on this host.</summary>
    /// <param name="entry">Who has the name; it is a template.</param>
    /// <param name="expansion">What it is instead: not wanted, or a mistake.</param>
    public bool IsPackage(SelectableWheel entry, [NotNullWhen(false)] out TemplateExpansion? expansion)
    {
        // A mistake is told with the whole name.
        expansion = entry.End is { } end && EndOf(end) is not TemplateExpansion.Failed ? EndOf(end) : Expand(entry);
        return expansion is TemplateExpansion.Expanded;
    }

    /// <summary>The package that a name is.</summary>
    public PackageName NameOf(SelectableWheel entry) => ((TemplateExpansion.Expanded)Expand(entry)).Name;

    /// <summary>
    /// Whether two different names may be the same on this host. Never by names that end with the same template, since they begin otherwise; only where an end that a host gives
    /// is also written out.
    /// </summary>
    public bool MayHaveSame(IReadOnlyList<SelectableWheel> entries)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < _ends.Length; i++)
        {
            if (_ends[i] is TemplateExpansion.Expanded { Name.Value: var end } && !written.Add(end)) return true;
        }
        string[] given = [.. written.Select(static end => "/" + end)];
        if (given.Any(end => written.Any(other => other.EndsWith(end, StringComparison.Ordinal)))) return true;
        return entries.Any(entry => entry.End is null && (entry.Constant is null || entry.Constant is TemplateExpansion.Expanded { Name.Value: var name } && given.Any(end => name.EndsWith(end, StringComparison.Ordinal))));
    }

    private TemplateExpansion Expand(SelectableWheel entry) => entry.Constant ?? entry.Template!.Expand(variables);

    private TemplateExpansion EndOf(int end) => _ends[end] ??= ends[end].Expand(variables);
}
