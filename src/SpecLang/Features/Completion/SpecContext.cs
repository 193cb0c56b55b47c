using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Syntax;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>What completion in a spec asks of its analysis again and again.</summary>
internal sealed class SpecContext(SpecAnalysis spec)
{
    /// <summary>The spec.</summary>
    public SpecAnalysis Spec { get; } = spec;

    /// <summary>What the catalogue has.</summary>
    public CompletionIndex Index { get; } = CompletionIndex.Of(spec.Catalogue);

    /// <summary>The platforms that wheels are chosen for: those of the spec, all of the table where it names none of them.</summary>
    public ImmutableArray<SupportedPlatform> Platforms => field.IsDefault ? field = FindPlatforms() : field;

    /// <summary>Whether the spec may run with Python 2.</summary>
    public bool IsForPython2 => Spec.IsForFormerTool || Spec.Python is { Major: < 3 };

    /// <summary>The platforms that get a wheel; all that the spec is for where its tags are not yet right.</summary>
    public ImmutableArray<SupportedPlatform> PlatformsOf(MessageSyntax wheel)
    {
        if (Spec.Wheels.FirstOrDefault(entry => entry.Syntax == wheel) is not { } entry || entry.IsForAll) return Platforms;
        ImmutableArray<SupportedPlatform> getting = [.. Spec.Platforms.Where(platform => platform.Gets(entry)).Select(static platform => platform.Supported).OfType<SupportedPlatform>().Distinct()];
        return getting.IsEmpty ? Platforms : getting;
    }

    private ImmutableArray<SupportedPlatform> FindPlatforms()
    {
        ImmutableArray<SupportedPlatform> platforms = [.. Spec.Platforms.Select(static platform => platform.Supported).OfType<SupportedPlatform>().Distinct()];
        return platforms.IsEmpty ? Spec.Settings.Platforms.Platforms : platforms;
    }
}
