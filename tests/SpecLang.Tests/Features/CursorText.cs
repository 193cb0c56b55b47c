using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Tests.Analysis;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features;

/// <summary>A text with a cursor, marked by <c>$$</c>, in a spec of its own or in a script.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="Offset">The cursor.</param>
internal sealed record CursorText(SpecAnalysis Spec, int Offset)
{
    private const string Cursor = "$$";

    /// <summary>The text of the file.</summary>
    public string Text => Spec.Text.ToString();

    /// <summary>The same text in its two forms: a spec, and a script that has it in its comments.</summary>
    public static IEnumerable<CursorText> Both(string marked, PackageCatalogue? catalogue = null)
    {
        yield return Parse(marked, "/src/.vpython3", catalogue);
        yield return Parse(Embed(marked), "/src/tool.py", catalogue);
    }

    /// <summary>The same text in every form that a spec can have in a file.</summary>
    public static IEnumerable<CursorText> InAllForms(string marked, PackageCatalogue? catalogue = null) =>
        MarkedSpec.InAllForms(marked, workspace: new MemoryWorkspace { Catalogue = catalogue ?? FewPackages.Instance }).Select(static form => new CursorText(form.Analysis, form.Cursor));

    /// <summary>A text as the file of a path.</summary>
    public static CursorText Parse(string marked, string path, PackageCatalogue? catalogue = null, MemoryFiles? files = null)
    {
        int cursor = marked.LastIndexOf(Cursor, StringComparison.Ordinal);
        Assert.True(cursor >= 0, "The text has no cursor.");
        string text = marked.Remove(cursor, Cursor.Length);
        return new(Analyze(text, path, catalogue, files), Encoding.UTF8.GetByteCount(text.AsSpan(0, cursor)));
    }

    /// <summary>The spec of a text.</summary>
    public static SpecAnalysis Analyze(string text, string path = "/src/.vpython3", PackageCatalogue? catalogue = null, MemoryFiles? files = null) =>
        Analyze(SourceText.From(text, path), catalogue, files);

    /// <summary>The spec of a text.</summary>
    public static SpecAnalysis Analyze(SourceText text, PackageCatalogue? catalogue = null, MemoryFiles? files = null)
    {
        var document = SpecDocument.Parse(text, SpecDocument.KindOf(text));
        return new(BoundSpec.Bind(document), new(catalogue ?? FewPackages.Instance, files ?? new MemoryFiles(), new(2026, 1, 1)), AnalysisSettings.Default);
    }

    /// <summary>A script that has a spec in its comments.</summary>
    public static string Embed(string spec) =>
        $"#!/usr/bin/env vpython3\n# [VPYTHON:BEGIN]\n{string.Concat(spec.TrimEnd('\n').Split('\n').Select(static line => $"# {line}\n"))}# [VPYTHON:END]\nimport six\n";
}
