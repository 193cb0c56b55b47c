using System.Collections.Immutable;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>A Python script that runs in the environment of a spec.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">Its text.</param>
public sealed record ScriptFile(string Path, SourceText Text)
{
    /// <summary>What it imports, in order.</summary>
    public ImmutableArray<PythonImport> Imports => field.IsDefault ? field = ImportScanner.Scan(Text) : field;
}
