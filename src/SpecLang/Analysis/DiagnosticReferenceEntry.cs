using System.Globalization;
using System.Text;
using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>A kind of finding with what users should know of it.</summary>
/// <param name="Descriptor">The kind.</param>
/// <param name="Documentation">What its rule says; null for kinds of the language itself, whose message says it all.</param>
public sealed record DiagnosticReferenceEntry(DiagnosticDescriptor Descriptor, RuleDocumentation? Documentation)
{
    /// <summary>The severity in the words of settings.</summary>
    public string SeverityName => Diagnostic.NameOf(Descriptor.DefaultSeverity);

    /// <summary>The category in words: <c>package name</c>.</summary>
    public string CategoryName => string.Concat(Descriptor.Category.ToString().Select(static (character, index) =>
        index > 0 && char.IsUpper(character) ? " " + char.ToLowerInvariant(character) : char.ToLowerInvariant(character).ToString()));

    /// <summary>The page about it, in Markdown.</summary>
    public string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {Descriptor.Id}: {Descriptor.Title}\n\n{SeverityName}, about: {CategoryName}. The message, with `{{0}}` and so on for names and values of the text:\n\n");
        page.Append(CultureInfo.InvariantCulture, $"> {Escape(Descriptor.MessageFormat)}\n");
        if (Documentation is { } text)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## What it does\n\n{text.WhatItDoes}\n\n## Why it matters\n\n{text.WhyItMatters}\n");
            page.Append(CultureInfo.InvariantCulture, $"\n## Example\n\n{Fence(text.Example)}\n\nInstead:\n\n{Fence(text.Instead)}\n");
            page.Append(CultureInfo.InvariantCulture, $"\n## Fix\n\n{text.Fix ?? "There is none that could be made without knowing what is meant."}\n");
        }
        page.Append("\n## Settings\n\n");
        page.Append(AnalysisSettings.IsConfigurable(Descriptor)
            ? $"`vpython_diagnostic.{Descriptor.Id}.severity` in `.editorconfig` is `error`, `warning`, `info`, `hint`, `none` or `default`. The comment `# vpython: disable={Descriptor.Id} -- reason` suppresses it for the element below.\n"
            : "None: a text that has it means nothing, so neither settings nor comments can turn it off.\n");
        return page.ToString();
    }

    private static string Fence(string text) => $"```\n{text.TrimEnd('\n')}\n```";

    /// <summary>Angle brackets as text, not as markup.</summary>
    private static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
