using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>What a rename at some place would rename.</summary>
/// <param name="Span">The place, which the offset is in or beside.</param>
/// <param name="Name">What is there now.</param>
/// <param name="IsWholeName">Whether it is the whole name of a package, and not only the distribution in it.</param>
public sealed record RenameTarget(TextSpan Span, string Name, bool IsWholeName);
