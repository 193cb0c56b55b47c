using System.Text;
using System.Text.Json;
using CsCheck;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Text;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Python;

public sealed class ImportScannerTests
{
    [Theory]
    [InlineData("import a", "a")]
    [InlineData("import a.b as c, d", "a.b d")]
    [InlineData("import a . b", "a.b")]
    [InlineData("import a; import b;", "a b")]
    [InlineData("from a import b as c, d", "a(b,d)")]
    [InlineData("from a.b import (  # why\n  c,\n  d,\n)\nimport e", "a.b(c,d) e")]
    [InlineData("from a import *", "a(*)")]
    [InlineData("from . import a\nfrom .b import c\nfrom ...d import e", "")]
    [InlineData("import a, \\\n  b", "a b")]
    [InlineData("x = 1 \\\nimport a", "")]
    [InlineData("s = '''\nimport a\n'''\nimport b", "b")]
    [InlineData("s = 'it\\'s\\\nimport a'\nimport b", "b")]
    [InlineData("s = r'\\'\nimport a", "a")]
    [InlineData("s = rb\"\"\"\\\"\"\" import a\"\"\"; import b", "b")]
    [InlineData("# import a\nimport b # import c", "b")]
    [InlineData("x = [\n  'import a',\n]\nimport b", "b")]
    [InlineData("x = {'import': 1}\nx.import_module = 2", "")]
    [InlineData("print 'x'\nimport a", "a")]
    [InlineData("\uFEFFimport a", "a")]
    [InlineData("import a\rimport b\r\nimport c\fimport d", "a b c")]
    [InlineData("class A:\n  import a", "a")]
    [InlineData("if __name__ == '__main__':\n  import a", "a")]
    [InlineData("import päckage", "päckage")]
    public void Imports_are_found_where_statements_are(string source, string expected) => Assert.Equal(expected, Describe(source));

    [Theory]
    [InlineData("def f():\n  import a\nimport b", "a:Lazy b")]
    [InlineData("async def f(): import a", "a:Lazy")]
    [InlineData("class A:\n  def f(self, x=lambda: 1) -> int:\n    import a", "a:Lazy")]
    [InlineData("try:\n  import a\nexcept ImportError:\n  import b\nimport c", "a:Optional b:Optional c")]
    [InlineData("try: import a\nexcept: a = None", "a:Optional")]
    [InlineData("try:\n  import a\nexcept (ValueError, ImportError) as e:\n  pass", "a:Optional")]
    [InlineData("try:\n  import a\nexcept ValueError:\n  import b\nexcept ModuleNotFoundError:\n  pass", "a:Optional b")]
    [InlineData("try:\n  import a\nexcept ImportError:\n  pass\nexcept Exception:\n  pass\nelse:\n  import b\nfinally:\n  import c", "a:Optional b c")]
    [InlineData("try:\n  import a\nexcept ValueError:\n  pass", "a")]
    [InlineData("try:\n  try:\n    import a\n  finally:\n    pass\nexcept ImportError:\n  pass", "a:Optional")]
    [InlineData("try:\n  pass\nexcept ImportError:\n  pass\nimport a\nexcept ImportError:\n  import b", "a b")]
    [InlineData("with contextlib.suppress(ImportError):\n  import a\nwith open(x):\n  import b", "a:Optional b")]
    [InlineData("if TYPE_CHECKING:\n  import a\nelse:\n  import b", "a:TypeChecking b")]
    [InlineData("if typing.TYPE_CHECKING: import a", "a:TypeChecking")]
    [InlineData("if not TYPE_CHECKING:\n  import a", "a:Conditional")]
    [InlineData("if six.PY2:\n  import a\nelif x:\n  import b\nelse:\n  import c\nimport d", "a:Conditional b:Conditional c:Conditional d")]
    [InlineData("for x in y:\n  import a\nelse:\n  import b", "a b")]
    [InlineData("match x:\n  case 1:\n    import a", "a:Conditional")]
    [InlineData("match: int = 1\nimport a", "a")]
    [InlineData("def f():\n  if x:\n    try:\n      import a\n    except ImportError: pass", "a:Optional, Lazy, Conditional")]
    [InlineData("if x:\n\timport a\n        import b\nimport c", "a:Conditional b:Conditional c")]
    public void What_is_to_be_held_against_an_import_is_told(string source, string expected) => Assert.Equal(expected, Describe(source));

    [Theory]
    [InlineData("m = importlib.import_module('a.b')", "a.b:Dynamic")]
    [InlineData("m = import_module(u\"a\", package=None)", "a:Dynamic")]
    [InlineData("__import__('pkg_resources').declare_namespace(__name__)", "pkg_resources:Dynamic")]
    [InlineData("def f(): return import_module('a')", "a:Lazy, Dynamic")]
    [InlineData("import_module('.a', 'b'); import_module(x); import_module('a' + x); import_module(f'a'); import_module(b'a'); import_module('a' 'b'); import_module('')", "")]
    [InlineData("import_module('a/b'); import_module('a..b'); import_module('''a'''); import_module('", "")]
    public void Calls_with_a_literal_are_imports(string source, string expected) => Assert.Equal(expected, Describe(source));

    [Theory]
    [InlineData("x = (1,\nimport a", "a")]
    [InlineData("x = [\ndef f():\n  import a\nimport b", "a:Lazy b")]
    [InlineData("s = 'no end\nimport a", "a")]
    [InlineData("))]}\nimport a", "a")]
    [InlineData("s = '''no end\nimport a", "")]
    [InlineData("import", "")]
    [InlineData("from\nfrom a\nfrom a import\nimport a.\n", "a")]
    [InlineData("import a as\nimport ,b", "a")]
    public void Of_a_text_with_mistakes_the_rest_is_read(string source, string expected) => Assert.Equal(expected, Describe(source));

    [Fact]
    public void Spans_are_those_of_the_names()
    {
        var text = SourceText.From("import ä, b.c as d\nfrom  e . f import g\n__import__('h')");
        Assert.Equal(["ä", "b.c", "e . f", "'h'"], ImportScanner.Scan(text).Select(import => text.ToString(import.Span)));
    }

    [Fact]
    public void Nothing_makes_the_scanner_throw_and_spans_lie_in_the_text()
    {
        Gen<string> piece = Gen.OneOf("import ", "from ", "a", ".b", " as c", ",", "(", ")", ":", ";", "\n", "  ", "\t", "try:", "except ImportError:", "if x:", "else:", "def f():", "'", "\"\"\"", "\\", "#", "\r", "f'{", "import_module('a')", "lambda", ":=", "\0", "é");
        piece.Array[0, 30].Sample(pieces =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(pieces));
            Assert.All(ImportScanner.Scan(SourceText.From(bytes)), import => Assert.True(import.Span.End <= bytes.Length && import.Module.Length > 0));
        });
        Gen.Byte.Array[0, 60].Sample(bytes => !ImportScanner.Scan(SourceText.From(bytes)).IsDefault);
    }

    [Theory]
    [InlineData("import a\n")]
    [InlineData("(")]
    [InlineData("if x:")]
    [InlineData("try:\n")]
    [InlineData("try: import a\nexcept ImportError: pass\n")]
    [InlineData("a.")]
    [InlineData("import a;")]
    [InlineData("'")]
    [InlineData("\\\n")]
    public void Long_texts_of_one_piece_cost_their_length(string piece)
    {
        ProcessorTime.AssertIsProportional(
            times =>
            {
                var text = SourceText.From(string.Concat(Enumerable.Repeat(piece, 100_000 * times / piece.Length)));
                return () => ImportScanner.Scan(text);
            },
            piece);
    }

    [Fact]
    public void Python_itself_finds_the_same_imports_in_its_own_library()
    {
        JsonElement answer = Ask();
        int files = 0, imports = 0;
        foreach (JsonProperty file in answer.EnumerateObject())
        {
            var text = SourceText.From(File.ReadAllBytes(file.Name));
            string[] expected = [.. file.Value.EnumerateArray().Select(import => import.GetString()!)];
            string[] found =
            [
                .. ImportScanner.Scan(text).Select(import =>
                    $"{text.GetLine(import.Span.Start) + 1} {import.Module} {string.Join(',', import.Names)} {(import.Context.HasFlag(ImportContext.Lazy) ? "lazy" : "")} {(import.Context.HasFlag(ImportContext.Optional) ? "optional" : "")} {(import.Context.HasFlag(ImportContext.Dynamic) ? "dynamic" : "")}"),
            ];
            Assert.True(expected.SequenceEqual(found), $"{file.Name}: expected {string.Join("; ", expected.Except(found))}; found {string.Join("; ", found.Except(expected))}");
            files++;
            imports += found.Length;
        }
        Assert.True(files > 500 && imports > 3000, $"{files} files, {imports} imports");
    }

    private static string Describe(string source) => string.Join(' ', ImportScanner.Scan(SourceText.From(source)).Select(import =>
        import.Module
        + (import.Names.IsEmpty ? "" : $"({string.Join(',', import.Names)})")
        + (import.Context == ImportContext.None ? "" : $":{import.Context}")));

    /// <summary>What Python's own parser finds, written as one line for each import.</summary>
    private static JsonElement Ask()
    {
        const string Script = """
            import ast, json, os, sys, sysconfig, warnings
            warnings.simplefilter("ignore")
            catching = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}

            def catches(handler):
                return handler.type is None or any(isinstance(n, (ast.Name, ast.Attribute)) and (n.id if isinstance(n, ast.Name) else n.attr) in catching for n in ast.walk(handler.type))

            def suppresses(node):
                names = {n.id if isinstance(n, ast.Name) else n.attr for item in node.items for n in ast.walk(item) if isinstance(n, (ast.Name, ast.Attribute))}
                return "suppress" in names and bool(names & catching)

            def visit(node, lazy, optional, out):
                def emit(line, column, module, names, dynamic=False):
                    out.append((line, column, "%d %s %s %s %s %s" % (line, module, names, "lazy" if lazy else "", "optional" if optional else "", "dynamic" if dynamic else "")))
                if isinstance(node, ast.Import):
                    for alias in node.names: emit(alias.lineno, alias.col_offset, alias.name, "")
                elif isinstance(node, ast.ImportFrom) and node.level == 0:
                    emit(node.lineno, node.col_offset, node.module, ",".join(alias.name for alias in node.names))
                elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
                    value = node.args[0].value
                    if name in ("import_module", "__import__") and all(part.isidentifier() for part in value.split(".")):
                        emit(node.args[0].lineno, node.args[0].col_offset, value, "", True)
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    for field, value in ast.iter_fields(node):
                        for child in (value if isinstance(value, list) else [value]):
                            if isinstance(child, ast.AST): visit(child, lazy or field == "body", optional, out)
                elif isinstance(node, ast.Try):
                    caught = any(catches(handler) for handler in node.handlers)
                    for child in node.body: visit(child, lazy, optional or caught, out)
                    for handler in node.handlers:
                        for child in handler.body: visit(child, lazy, optional or catches(handler), out)
                    for child in node.orelse + node.finalbody: visit(child, lazy, optional, out)
                elif isinstance(node, (ast.With, ast.AsyncWith)):
                    for child in node.body: visit(child, lazy, optional or suppresses(node), out)
                    for item in node.items: visit(item, lazy, optional, out)
                else:
                    for child in ast.iter_child_nodes(node): visit(child, lazy, optional, out)

            answer = {}
            for directory, folders, files in os.walk(sysconfig.get_path("stdlib")):
                folders[:] = [name for name in folders if name not in ("site-packages", "dist-packages", "__pycache__")]
                for name in files:
                    path = os.path.join(directory, name)
                    if not name.endswith(".py") or os.path.islink(path): continue
                    try:
                        with open(path, "rb") as file: tree = ast.parse(file.read())
                        path.encode()
                    except (SyntaxError, ValueError):
                        continue
                    out = []
                    visit(tree, False, False, out)
                    answer[path] = [text for line, column, text in sorted(out)]
            json.dump(answer, sys.stdout)
            """;
        ProcessRun run = ProcessRun.Of(Requirement.Tool("python3"), ["-c", Script]);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
