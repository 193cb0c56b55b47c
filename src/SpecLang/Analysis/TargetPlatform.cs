using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>A platform that a spec is judged for: one of the table, or one that it names in a <c>verify_pep425_tag</c>.</summary>
public sealed class TargetPlatform
{
    private readonly PackageSelector _selector;
    private readonly HostTags _hostTags;

    private TargetPlatform(string name, PackageSelector selector, HostTags hostTags, ImmutableArray<Pep425Tag> tags, TemplateVariables variables, SupportedPlatform? supported, int? verifyIndex)
    {
        Name = name;
        _selector = selector;
        _hostTags = hostTags;
        Tags = tags;
        Variables = variables;
        Supported = supported;
        VerifyIndex = verifyIndex;
    }

    /// <summary>The name that messages show: <c>mac-arm64-py3.11</c>, or the tag when no platform of the table has it.</summary>
    public string Name { get; }

    /// <summary>What <c>match_tag</c> and <c>not_match_tag</c> are held against.</summary>
    public ImmutableArray<Pep425Tag> Tags { get; }

    /// <summary>The values of template variables.</summary>
    public TemplateVariables Variables { get; }

    /// <summary>The platform of the table; null when the tag is that of no platform of the table.</summary>
    public SupportedPlatform? Supported { get; }

    /// <summary>The index of the <c>verify_pep425_tag</c> that names it; null when the spec names none.</summary>
    public int? VerifyIndex { get; }

    /// <summary>The packages of the spec on this platform.</summary>
    public PackageSelection Selection => field ??= _selector.Select(_hostTags, Variables);

    /// <summary>Whether a wheel is for this platform: none of its <c>not_match_tag</c>s matches, a <c>match_tag</c> does or there is none, and no variable of its name leaves it out.</summary>
    public bool Gets(WheelEntry wheel)
    {
        ArgumentNullException.ThrowIfNull(wheel);
        bool isWanted = !wheel.Message.NotMatchTag.Any(Matches) && (wheel.Message.MatchTag.Count == 0 || wheel.Message.MatchTag.Any(Matches));
        // Most names have no variable that could leave a platform out, and expanding takes time.
        return isWanted && (wheel.Template is not { } template || template.Variables.All(static variable => variable.Alternatives.IsDefault) || template.Expand(Variables) is not TemplateExpansion.Skipped);
    }

    /// <summary>Whether the platform has a tag.</summary>
    public bool Matches(PEP425Tag tag) => _hostTags.Match(tag);

    /// <summary>Platforms for a message: each by its name, once.</summary>
    public static string Describe(IEnumerable<TargetPlatform> platforms) => DescribeNames(platforms.Select(static platform => platform.Name));

    /// <summary>Platforms of the table for a message: each by its name, once.</summary>
    public static string Describe(IEnumerable<SupportedPlatform> platforms) => DescribeNames(platforms.Select(static platform => platform.Name));

    /// <summary>A platform of the table.</summary>
    internal static TargetPlatform Of(SupportedPlatform platform, PackageSelector selector) => new(platform.Name, selector, platform.HostTags, platform.Tags, platform.TemplateVariables, platform, null);

    /// <summary>The platform of a <c>verify_pep425_tag</c>: as the deployed tool's <c>verify</c>, the tag alone is what the host has.</summary>
    internal static TargetPlatform Of(PEP425Tag tag, int index, PackageSelector selector, PlatformTable table)
    {
        var asked = new Pep425Tag(tag.Python, tag.Abi, tag.Platform);
        // A tag that many platforms have says nothing about which one is meant.
        SupportedPlatform? supported = asked.Platform == Pep425Tag.AnyPlatform ? null : table.Platforms.FirstOrDefault(platform => tag.Python.Length > 0 && tag.Abi.Length > 0 && tag.Platform.Length > 0 && platform.HostTags.Match(tag));
        return new(supported?.Name ?? asked.ToString(), selector, new([asked]), [asked], TemplateVariables.FromTag(asked), supported, index);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string DescribeNames(IEnumerable<string> names)
    {
        string[] all = [.. names.Distinct()];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
