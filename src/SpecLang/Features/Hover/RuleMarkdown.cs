using VPythonTools.SpecLang.Analysis;

namespace VPythonTools.SpecLang.Features.Hover;

/// <summary>What there is to know of a kind of finding, in short.</summary>
internal static class RuleMarkdown
{
    /// <summary>Of a code; null where there is none.</summary>
    public static string? Of(string code)
    {
        if (code == SuppressionList.EveryCode) return "Every finding that can be suppressed.";
        if (DiagnosticReference.Find(code) is not { } entry) return null;
        string text = $"**{entry.Descriptor.Id}: {entry.Descriptor.Title}** ({entry.SeverityName})";
        return entry.Documentation is { } documentation ? $"{text}\n\n{documentation.WhatItDoes}\n\n{documentation.WhyItMatters}" : text;
    }
}
