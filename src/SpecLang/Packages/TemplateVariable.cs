using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Packages;

/// <summary>One <c>${name}</c> or <c>${name=a,b}</c> of a template.</summary>
/// <param name="Name">The name, not trimmed; may be empty or unknown.</param>
/// <param name="Alternatives">The values for which the package is wanted, not trimmed; default when all are.</param>
/// <param name="Start">The offset of the dollar sign in the template, in UTF-16 code units.</param>
/// <param name="Length">The length up to and with the closing brace, in UTF-16 code units.</param>
public sealed record TemplateVariable(string Name, ImmutableArray<string> Alternatives, int Start, int Length)
{
    /// <summary>Whether the package is wanted when the variable has this value; compared exactly.</summary>
    public bool Admits(string value) => Alternatives.IsDefault || Alternatives.Contains(value);
}
