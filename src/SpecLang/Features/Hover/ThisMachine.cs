using System.Collections.Immutable;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Features.Hover;

/// <summary>The platform that is meant by "here": the machine that this program runs on.</summary>
internal static class ThisMachine
{
    /// <summary>Of some platforms the one that is this machine, with the newest Python; null where none is.</summary>
    public static SupportedPlatform? Find(ImmutableArray<SupportedPlatform> platforms) =>
        platforms.Where(static platform => platform.CipdPlatform == CipdPlatform.Current).MaxBy(static platform => platform.Python);
}
