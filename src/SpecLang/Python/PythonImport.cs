using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Python;

/// <summary>An import of a module by its absolute name.</summary>
/// <param name="Module">The module, with dots: <c>google.protobuf</c>.</param>
/// <param name="Span">Where its name stands; with its quotes where it is a literal.</param>
/// <param name="Names">What <c>from ... import</c> takes from it, attributes or modules inside it, without new names; <c>*</c> for all; empty for <c>import</c>.</param>
/// <param name="Context">What is to be held against it.</param>
public sealed record PythonImport(string Module, TextSpan Span, ImmutableArray<string> Names, ImportContext Context)
{
    /// <summary>The first part of the name.</summary>
    public string TopLevelModule => Module.Split('.', 2)[0];

    /// <summary>Whether the script cannot do without the module: nothing is held against the import.</summary>
    public bool IsRequired => Context == ImportContext.None;
}
