using System.Collections.Immutable;
using System.Text;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Features.Hover;

/// <summary>The values of a template variable.</summary>
internal static class TemplateMarkdown
{
    /// <summary>Here and on each platform; null where there is no variable of that name.</summary>
    public static string? Of(string variable, ImmutableArray<SupportedPlatform> platforms)
    {
        if (!TemplateVariables.Names.Contains(variable)) return null;
        var text = new StringBuilder($"**`${{{variable}}}`**");
        if (ThisMachine.Find(platforms) is { } here && here.TemplateVariables.TryGetValue(variable, out string? value)) text.Append($"\n\nHere ({here}): `{value}`");
        text.Append("\n\n| Platform | Value |\n|---|---|");
        foreach (SupportedPlatform platform in platforms)
            text.Append($"\n| {platform} | {(platform.TemplateVariables.TryGetValue(variable, out string? known) ? $"`{known}`" : platform.TemplateVariables.WhyMissing(variable))} |");
        return text.ToString();
    }
}
