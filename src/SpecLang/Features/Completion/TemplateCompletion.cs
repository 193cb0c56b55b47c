using System.Text;
using VPythonTools.SpecLang.Features.Hover;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>The variables of package names, each with its value, and the values that a variable can be limited to.</summary>
internal static class TemplateCompletion
{
    /// <summary>What a key begins with that stands for a variable.</summary>
    public const string KeyPrefix = "variable:";

    /// <summary>Adds variables, or their values, where the cursor is in a variable; false where it is in none.</summary>
    public static bool TryAdd(CompletionListBuilder list, CompletionPlace place, SpecContext context)
    {
        if (place.String is null) return false;
        string typed = place.Typed;
        if (typed.EndsWith('$'))
        {
            AddVariables(list, place, context, typed.Length - 1, "${");
            return true;
        }
        int start = typed.LastIndexOf("${", StringComparison.Ordinal);
        if (start < 0 || typed.IndexOf('}', start) >= 0) return false;
        int equals = typed.IndexOf('=', start);
        if (equals < 0) AddVariables(list, place, context, start + 2, "");
        else AddValues(list, place, context, typed[(start + 2)..equals], typed.LastIndexOfAny(['=', ',']) + 1);
        return true;
    }

    private static void AddVariables(CompletionListBuilder list, CompletionPlace place, SpecContext context, int start, string before)
    {
        TextSpan span = SpanFrom(place, start, out bool isClosed);
        SupportedPlatform? here = ThisMachine.Find(context.Platforms);
        foreach (string name in TemplateVariables.Names)
        {
            string text = $"{before}{name}{(isClosed ? "" : "}")}";
            list.Add(new(name, CompletionKind.TemplateVariable, new(span, text), before + name)
            {
                Detail = here is not null && here.TemplateVariables.TryGetValue(name, out string? value) ? value : "",
                Key = KeyPrefix + name,
            });
        }
    }

    private static void AddValues(CompletionListBuilder list, CompletionPlace place, SpecContext context, string variable, int start)
    {
        TextSpan span = SpanFrom(place, start, out _);
        foreach (IGrouping<string, SupportedPlatform> group in context.Spec.Settings.Platforms.Platforms
            .GroupBy(platform => platform.TemplateVariables.TryGetValue(variable, out string? value) ? value : "")
            .Where(static group => group.Key.Length > 0)
            .OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            list.Add(new(group.Key, CompletionKind.TemplateValue, new(span, group.Key), group.Key)
            {
                Detail = string.Join(", ", group.Select(static platform => platform.Definition.Name).Distinct()),
            });
        }
    }

    /// <summary>The word that begins at a character of what is typed, to its end behind the cursor.</summary>
    private static TextSpan SpanFrom(CompletionPlace place, int start, out bool isClosed)
    {
        int from = place.Span.Start + Encoding.UTF8.GetByteCount(place.Typed.AsSpan(0, start));
        ReadOnlySpan<byte> bytes = place.Tree.Text.Bytes;
        int end = Math.Max(from, place.Offset);
        while (end < place.Span.End && (char.IsAsciiLetterOrDigit((char)bytes[end]) || bytes[end] is (byte)'_' or (byte)'-')) end++;
        isClosed = end < place.Span.End && bytes[end] is (byte)'}' or (byte)'=';
        return TextSpan.FromBounds(from, end);
    }
}
