using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>An entry of a spec, with what is the same of it on all platforms.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Package">The entry.</param>
/// <param name="FirstOfName">The index of the first entry with its name.</param>
internal sealed record SelectableWheel(int Index, Spec.Types.Package Package, int FirstOfName)
{
    /// <summary>The name as a template; null when it is none.</summary>
    public PackageTemplate? Template { get; init; }

    /// <summary>Why it is none.</summary>
    public string? TemplateError { get; init; }

    /// <summary>The expansion of a template that has no variable.</summary>
    public TemplateExpansion? Constant { get; init; }

    /// <summary>Which of the ends that names have in common stands behind the last slash without a variable before it; null where the name is to be looked at as a whole.</summary>
    public int? End { get; init; }

    /// <summary>The version; null when it is none.</summary>
    public CipdVersion? Version { get; init; }

    /// <summary>Why it is none.</summary>
    public string? VersionError { get; init; }
}
