using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>Values of compatibility tags, and whole tags for the platforms of the table.</summary>
internal static class TagCompletion
{
    /// <summary>Adds the values of the part of a tag that the cursor is in.</summary>
    public static void AddValues(CompletionListBuilder list, CompletionPlace place, SpecContext context)
    {
        string typed = place.Typed;
        foreach ((string value, string where) in TagIndex.Of(context.Spec.Settings.Platforms).ValuesOf(place.Field!.Name))
        {
            if (!value.Contains(typed, StringComparison.OrdinalIgnoreCase)) continue;
            list.Add(new(value, CompletionKind.Tag, new(place.Span, ScalarCompletion.Written(place, value)), value) { Detail = where });
        }
    }

    /// <summary>Adds tags that keep a wheel to, or away from, the machines of the table.</summary>
    public static void AddMatches(CompletionListBuilder list, CompletionPlace place, SpecContext context)
    {
        FormatOptions style = context.Spec.Settings.Format;
        foreach (SupportedPlatform platform in context.Spec.Settings.Platforms.Platforms.DistinctBy(static platform => platform.Definition.Name))
        {
            string content = $"platform: {SpecEditor.Quote(platform.RepresentativeTag.Platform)}";
            foreach ((string field, string meaning) in new[] { ("not_match_tag", "not on"), ("match_tag", "only on") })
            {
                string label = $"{field} {platform.Definition.Name}";
                list.Add(new(label, CompletionKind.Tag, new(place.Span, place.Lay($"{field}: {FieldCompletion.Enclose(content, place, style)}")), label) { Detail = $"{meaning} {platform.Definition.Name}" });
            }
        }
    }

    /// <summary>Adds tags to verify, one for each platform of the table.</summary>
    public static void AddVerifications(CompletionListBuilder list, CompletionPlace place, SpecContext context)
    {
        FormatOptions style = context.Spec.Settings.Format;
        foreach (SupportedPlatform platform in context.Spec.Settings.Platforms.Platforms)
        {
            Pep425Tag tag = platform.RepresentativeTag;
            string content = $"python: {SpecEditor.Quote(tag.Python)}\nabi: {SpecEditor.Quote(tag.Abi)}\nplatform: {SpecEditor.Quote(tag.Platform)}";
            string label = $"verify_pep425_tag {platform.Name}";
            list.Add(new(label, CompletionKind.Tag, new(place.Span, place.Lay($"verify_pep425_tag: {FieldCompletion.Enclose(content, place, style)}")), label) { Detail = tag.ToString() });
        }
    }
}
