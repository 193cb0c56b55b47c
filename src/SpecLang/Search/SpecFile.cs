namespace VPythonTools.SpecLang.Search;

/// <summary>A file that holds a spec, or is named as if it were one.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="IsStandalone">Whether its name says that the whole file is a spec.</param>
public readonly record struct SpecFile(string Path, bool IsStandalone);
