using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>A piece of a spec that leads somewhere.</summary>
/// <param name="Span">The piece.</param>
/// <param name="Kind">Where it leads.</param>
/// <param name="Target">The address of the page, or the absolute path of the file.</param>
/// <param name="Tooltip">What is there, in words.</param>
public sealed record DocumentLink(TextSpan Span, DocumentLinkKind Kind, string Target, string Tooltip);
