using System.Globalization;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;
using VPythonTools.Testing;

namespace VPythonTools.Fuzz;

/// <summary>
/// Times every stage on long texts that repeat one piece, at two lengths. Where time grows faster than length, a text that is cheap to make stops
/// an editor or a presubmit.
/// </summary>
public static class Linear
{
    private const int Growth = 10;

    // Memory that grows out of the caches and into collections costs some; a quadratic step costs Growth times Growth.
    private const double MostGrowth = 4 * Growth;

    private const int MostAttempts = 3;

    private static readonly TimeSpan _leastTime = TimeSpan.FromMilliseconds(5);

    /// <summary>What is repeated: whatever the lexer, the parser, the binder, the formatter and the region finder have a way of their own for.</summary>
    public static IReadOnlyList<string> Units { get; } =
    [
        "<", ">", "> ", "{", "}", "[", "]", "(", ",", ";", ":", "-", "- ", "/", "\"", "'", "\\", "\"\\", "#", "# comment\n", "7", "x", "word ", "1.", "0x", "- 1 ", "\0", "\r", "\n", " ", "é", "\uFFFD",
        "a:", "a{}", "a<", "a{", "a<}", "a< } ", "a:[", "a:-", "a: 1\n", "a.b/", "[a.b]: 1\n", "\"a\" ", "\"\" ", "wheel: \"a\"\n", "wheel: <\n", "wheel: <>\n", "wheel <name:'a'>", "wheels: 1\n", "python_version: \"3.11\"\n",
        "<<A\n", "A\n<<A\n", "<<A\nx\nA\n", "name: <<A\nx\nA\n", "<<A <<B\n", "<<<<<<< a\n", "=======\n", "<<<<<<< a\nwheel: <>\n=======\n>>>>>>> b\n",
        "[VPYTHON:BEGIN]", "[VPYTHON:BEGIN]\n", "[VPYTHON:END]\n", "[VPYTHON:BEGIN] x\n", "[VPYTHON:BEGIN]\n[VPYTHON:END]\n", "# [VPYTHON:BEGIN]\n// [VPYTHON:BEGIN]\n", "# [VPYTHON:BEGIN]\n# [VPYTHON:END]\n",
        "wheel: <name: <<A\n  x\nA\n>\n", "verify_pep425_tag: [\n", "verify_pep425_tag: [\n  {python: 'a',\n", "[[", "[[]]", "[[1]],", "a: [[1], ", "{\n<\n", "a: <\n  b: {\n", "a: <\n>}\n", "a: > <", "a: < >\n  b: 1\n", "{ ]", "[ >", "{ > ",
        "wheel:\n  name: 1\n>\n", "wheel:\n  name: 1\n", ">>>>>>> a\n", "a <<<<<<< b\n", ">>>>>>>", "a b : 1\n", "[a.b%20/c]: 1\n", "[a,", "virtualenv: [[1]]\n", "python: 1\npython: 2\n",
        "# [VPYTHON:BEGIN] x\n# [VPYTHON:END] x\n", "verify_pep425_tag: <>\n", "not_verify_pep425_tag: <python: \"cp311\">\n", "# vpython-fmt: off\nwheel:<>\n# vpython-fmt: on\n",
    ];

    /// <summary>Alone, and between guards, as the text itself and as comments. The last one has no guards.</summary>
    public static IReadOnlyList<DocumentForm> Forms { get; } =
    [
        new("spec", DocumentKind.Spec, static text => text),
        new("text of a script", DocumentKind.Script, static text => $"[VPYTHON:BEGIN]\n{text}\n[VPYTHON:END]\n"),
        new("comments of a script", DocumentKind.Script, static text => $"# [VPYTHON:BEGIN]\n# {text.Replace("\n", "\n# ", StringComparison.Ordinal)}\n# [VPYTHON:END]\n"),
        new("script", DocumentKind.Script, static text => text),
    ];

    /// <summary>Times all units, up to this many bytes; the answer names each stage that is too slow.</summary>
    public static IReadOnlyList<string> Run(int length, TextWriter log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var slow = new List<string>();
        foreach (string unit in (string[])["wheel: <>\n", .. Units])
        {
            foreach (DocumentForm form in Forms) slow.AddRange(FindSlowStages(form.Repeat(unit, length / Growth), form.Repeat(unit, length), form.Kind, $"{form.Name} of {Escape(unit)}", log));
        }
        return slow;
    }

    private static List<string> FindSlowStages(SourceText smallText, SourceText largeText, DocumentKind kind, string name, TextWriter log)
    {
        List<string> slow = [];
        // A collection, or another program, can make a stage slow once.
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            (string Stage, TimeSpan Time)[] small = Measure(smallText, kind);
            (string Stage, TimeSpan Time)[] large = Measure(largeText, kind);
            log.WriteLine($"{name}: {string.Join(", ", large.Select(static stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Stage} {stage.Time.TotalMilliseconds:F0} ms")))}");
            slow =
            [
                .. from pair in small.Zip(large)
                   where pair.Second.Time > MostGrowth * (pair.First.Time > _leastTime ? pair.First.Time : _leastTime)
                   select string.Create(CultureInfo.InvariantCulture, $"{name}, {pair.First.Stage}: {pair.First.Time.TotalMilliseconds:F1} ms, then {pair.Second.Time.TotalMilliseconds:F1} ms"),
            ];
            if (slow.Count == 0) break;
        }
        return slow;
    }

    private static (string Stage, TimeSpan Time)[] Measure(SourceText text, DocumentKind kind)
    {
        GC.Collect();
        var stages = new List<(string Stage, TimeSpan Time)>();
        SpecDocument document = Timed("region", () => SpecDocument.Parse(text, kind));
        SyntaxTree tree = Timed("parse", () => SyntaxTree.Parse(document));
        BoundSpec bound = Timed("parse and bind", () => BoundSpec.Bind(document));
        Timed("portability", () => PortabilityCheck.Find(bound));
        Timed("format", () => SpecFormatter.Format(tree, FormatOptions.Default));
        Timed("positions", () => bound.Diagnostics.Sum(diagnostic => (long)text.GetCharacterPosition(diagnostic.Span.Start).Line));
        return [.. stages];

        T Timed<T>(string stage, Func<T> run)
        {
            TimeSpan start = ThreadTime.Now;
            T result = run();
            stages.Add((stage, ThreadTime.Now - start));
            return result;
        }
    }

    private static string Escape(string unit) => unit.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);
}
