using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;
using VPythonTools.Testing;

namespace VPythonTools.Benchmarks;

/// <summary>How fast a spec is read, layer by layer: real specs one after the other, and one generated spec of 10 MB.</summary>
[MemoryDiagnoser]
[InProcess]
public class LanguageBenchmarks
{
    private const int GeneratedLength = 10_000_000;

    private SpecDocument[] _documents = [];
    private SyntaxTree[] _trees = [];

    /// <summary>Which texts: <c>corpus</c> (all standalone specs of the shared data) or <c>generated</c>.</summary>
    [Params("corpus", "generated")]
    public string Input { get; set; } = "generated";

    /// <summary>Runs the benchmarks with BenchmarkDotNet's own options.</summary>
    public static int Run(string[] args)
    {
        BenchmarkRunner.Run<LanguageBenchmarks>(DefaultConfig.Instance, args);
        return 0;
    }

    /// <summary>A spec of many wheels.</summary>
    public static string Generate(int length)
    {
        var text = new StringBuilder("python_version: \"3.11\"\n");
        for (int i = 0; text.Length < length; i++)
            text.Append(CultureInfo.InvariantCulture, $"\n# Used by: tool {i}\nwheel: <\n  name: \"infra/python/wheels/package{i}/${{vpython_platform}}\"\n  version: \"version:1.{i}.0.chromium.1\"\n>\n");
        return text.ToString();
    }

    /// <summary>Reads the texts.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _documents = Input == "generated"
            ? [Parse(Encoding.UTF8.GetBytes(Generate(GeneratedLength)))]
            : [.. Directory.EnumerateFiles(Path.GetFullPath(Path.Combine(SharedData.ProjectRoot, "../shared/corpus/specs")), "*.vpython*").Where(static path => path.EndsWith("vpython3", StringComparison.Ordinal) || path.EndsWith(".vpython", StringComparison.Ordinal)).Select(static path => Parse(File.ReadAllBytes(path)))];
        _trees = [.. _documents.Select(SyntaxTree.Parse)];
        Console.WriteLine($"// {Input}: {_documents.Sum(static document => document.Text.Length)} bytes");
    }

    /// <summary>Cuts the texts into tokens and trivia.</summary>
    [Benchmark]
    public int Lex()
    {
        int pieces = 0;
        foreach (SpecDocument document in _documents)
        {
            var lexer = new SpecLexer(document);
            while (lexer.Next(out _)) pieces++;
        }
        return pieces;
    }

    /// <summary>Makes trees, lexing included.</summary>
    [Benchmark]
    public int ParseTree() => _documents.Sum(static document => SyntaxTree.Parse(document).Tokens.Length);

    /// <summary>Writes trees as wire bytes.</summary>
    [Benchmark]
    public int BindTree() => _trees.Sum(static tree => MessageBinder.Bind(tree, Spec.Descriptor).WireBytes.Length);

    /// <summary>From text to message: lexing, parsing, binding, and the generated reader.</summary>
    [Benchmark]
    public int BindSpec() => _documents.Sum(static document => BoundSpec.Bind(document).Spec.Wheel.Count);

    /// <summary>Plans the changes that bring the trees into style.</summary>
    [Benchmark]
    public int Format() => _trees.Sum(static tree => SpecFormatter.Format(tree, FormatOptions.Default).Length);

    private static SpecDocument Parse(byte[] bytes) => SpecDocument.Parse(SourceText.From(bytes), DocumentKind.Spec);
}
