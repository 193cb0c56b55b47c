using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>Which platforms and Pythons somebody cares for, as a configuration file says it; null where it says nothing.</summary>
/// <param name="Platforms">Names such as <c>manylinux-x64</c>, or of a platform with its Python, such as <c>mac-arm64-py3.11</c>.</param>
/// <param name="Pythons">Versions such as <c>3.11</c>, for platforms that are named without one.</param>
public sealed record PlatformConfiguration(ImmutableArray<string>? Platforms, ImmutableArray<string>? Pythons);
