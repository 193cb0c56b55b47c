using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>A place in a file.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Span">The place, in the text that the caller's file system has under this path; null for the file as a whole.</param>
/// <param name="Origin">What leads there, in the text that was asked about.</param>
public readonly record struct FileLocation(string Path, TextSpan? Span, TextSpan Origin);
