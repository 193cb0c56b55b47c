using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Tests.Features;

/// <summary>
/// A spec with marks in its text: <c>[|</c> and <c>|]</c> around what a feature is to answer, which may lie in each other, and <c>$$</c> where the cursor is. The same
/// marked text is made into each form that a spec can have in a file.
/// </summary>
/// <param name="Form">How the spec is in its file; for messages.</param>
/// <param name="Analysis">The spec.</param>
/// <param name="Spans">What is marked, in order of the starts.</param>
/// <param name="Cursors">Where the cursors are.</param>
internal sealed record MarkedSpec(string Form, SpecAnalysis Analysis, IReadOnlyList<TextSpan> Spans, IReadOnlyList<int> Cursors)
{
    /// <summary>The only cursor.</summary>
    public int Cursor => Cursors.Single();

    /// <summary>The text without marks.</summary>
    public SourceText Text => Analysis.Text;

    /// <summary>A marked text in all forms: alone, with CR LF, in a script behind comment prefixes, in an indented comment of another script, in a docstring.</summary>
    public static IEnumerable<MarkedSpec> InAllForms(string marked, string directory = "/src", MemoryWorkspace? workspace = null)
    {
        string body = marked.EndsWith('\n') || marked.Length == 0 ? marked : marked + "\n";
        yield return Parse("standalone", marked, directory + "/.vpython3", workspace);
        yield return Parse("standalone, CR LF", marked.Replace("\n", "\r\n", StringComparison.Ordinal), directory + "/.vpython3", workspace);
        yield return Parse("embedded", $"#!/usr/bin/env vpython3\n# [VPYTHON:BEGIN]\n{Prefixed(body, "# ")}# [VPYTHON:END]\nimport six\n", directory + "/script.py", workspace);
        yield return Parse("embedded, CR LF", $"// x\r\n  // [VPYTHON:BEGIN]\r\n{Prefixed(body, "  // ").Replace("\n", "\r\n", StringComparison.Ordinal)}  // [VPYTHON:END]\r\nx\r\n", directory + "/script.js", workspace);
        yield return Parse("docstring", $"\"\"\"\n[VPYTHON:BEGIN]\n{body}[VPYTHON:END]\n\"\"\"\n", directory + "/script.py", workspace);
    }

    /// <summary>A marked text as the file of a path.</summary>
    public static MarkedSpec Parse(string form, string marked, string path, MemoryWorkspace? workspace = null)
    {
        (string text, List<TextSpan> spans, List<int> cursors) = Unmark(marked);
        return new(form, Analyze(text, path, workspace), spans, cursors);
    }

    /// <summary>A text as a spec.</summary>
    public static SpecAnalysis Analyze(string text, string path, MemoryWorkspace? workspace = null) => Analyze(SourceText.From(text, path), SpecDocument.KindOf(path), workspace);

    /// <summary>A text as a spec.</summary>
    public static SpecAnalysis Analyze(SourceText text, DocumentKind kind, MemoryWorkspace? workspace = null) =>
        new(BoundSpec.Bind(SpecDocument.Parse(text, kind)), (workspace ?? MemoryWorkspace.Empty).Host, AnalysisSettings.Read((workspace ?? MemoryWorkspace.Empty).Settings));

    private static string Prefixed(string body, string prefix) =>
        string.Concat(body.Split('\n')[..^1].Select(line => (line.Length == 0 ? prefix.TrimEnd() : prefix + line) + "\n"));

    private static (string Text, List<TextSpan> Spans, List<int> Cursors) Unmark(string marked)
    {
        var text = new StringBuilder();
        var spans = new List<TextSpan>();
        var cursors = new List<int>();
        var open = new Stack<int>();
        int bytes = 0;
        for (int offset = 0; offset < marked.Length;)
        {
            ReadOnlySpan<char> rest = marked.AsSpan(offset);
            if (rest.StartsWith("[|")) open.Push(bytes);
            else if (rest.StartsWith("|]")) spans.Add(TextSpan.FromBounds(open.Pop(), bytes));
            else if (rest.StartsWith("$$")) cursors.Add(bytes);
            else
            {
                int length = char.IsHighSurrogate(marked[offset]) ? 2 : 1;
                bytes += Encoding.UTF8.GetByteCount(rest[..length]);
                text.Append(rest[..length]);
                offset += length;
                continue;
            }
            offset += 2;
        }
        return (text.ToString(), [.. spans.OrderBy(static span => span.Start).ThenByDescending(static span => span.Length)], cursors);
    }
}
