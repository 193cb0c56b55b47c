using System.Text;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands;

public sealed class FmtCommandTests : IDisposable
{
    private const string Messy = "wheel{name:\"a\"}\n";
    private const string Neat = "wheel: <\n  name: \"a\"\n>\n";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Formats_files_in_place()
    {
        string spec = _directory.Write("a.vpython3", Messy);
        string script = _directory.Write("b.py", $"import x\n# [VPYTHON:BEGIN]\n# {Messy}# [VPYTHON:END]\n");
        Assert.Equal((0, "", ""), Fmt("a.vpython3", "b.py"));
        Assert.Equal(Neat, File.ReadAllText(spec));
        Assert.Equal("import x\n# [VPYTHON:BEGIN]\n# wheel: <\n#   name: \"a\"\n# >\n# [VPYTHON:END]\n", File.ReadAllText(script));
    }

    [Fact]
    public void Check_names_what_would_change_and_changes_nothing()
    {
        string messy = _directory.Write("a.vpython3", Messy);
        _directory.Write("b.vpython3", Neat);
        Assert.Equal((1, "a.vpython3\n", ""), Fmt("--check", "a.vpython3", "b.vpython3"));
        Assert.Equal((0, "", ""), Fmt("--check", "b.vpython3"));
        Assert.Equal(Messy, File.ReadAllText(messy));
    }

    [Fact]
    public void Diff_shows_what_would_change()
    {
        string messy = _directory.Write("a.vpython3", "# c\n" + Messy + "# d\n");
        Assert.Equal((0, "--- a.vpython3\n+++ a.vpython3\n@@ -1,3 +1,5 @@\n # c\n-wheel{name:\"a\"}\n+wheel: <\n+  name: \"a\"\n+>\n # d\n", ""), Fmt("--diff", "a.vpython3"));
        Assert.Equal("# c\n" + Messy + "# d\n", File.ReadAllText(messy));
    }

    [Fact]
    public void A_directory_is_searched_for_specs_that_Git_does_not_ignore()
    {
        Directory.CreateDirectory(_directory.Combine(".git"));
        _directory.Write(".gitignore", "# generated\n/out/\n*.tmp.py\n!keep.tmp.py\nthird_party/**/x.vpython3\n");
        string script = $"# [VPYTHON:BEGIN]\n# {Messy}# [VPYTHON:END]\n";
        _directory.Write("src/.vpython3", Messy);
        _directory.Write("src/tool", script);
        _directory.Write("src/plain.py", "import os\n");
        _directory.Write("src/binary", "\0" + script);
        _directory.Write("src/a.tmp.py", script);
        _directory.Write("src/keep.tmp.py", script);
        _directory.Write("src/out/y.vpython3", Messy);
        _directory.Write("out/x.vpython3", Messy);
        _directory.Write("third_party/a/b/x.vpython3", Messy);
        _directory.Write("third_party/a/.gitignore", "local.vpython3\n");
        _directory.Write("third_party/a/local.vpython3", Messy);
        Assert.Equal((1, "./src/.vpython3\n./src/keep.tmp.py\n./src/out/y.vpython3\n./src/tool\n", ""), Fmt("--check", "."));
        Assert.Equal((1, "src/out/y.vpython3\n", ""), Fmt("--check", "src/out"));
    }

    [Fact]
    public void Standard_input_goes_to_standard_output()
    {
        Assert.Equal((0, Neat, ""), FmtInput(Messy, "-"));
        Assert.Equal((0, $"# [VPYTHON:BEGIN]\n# a: 1\n# [VPYTHON:END]\n", ""), FmtInput("# [VPYTHON:BEGIN]\n# a:1\n# [VPYTHON:END]\n", "--stdin-path", "x.py"));
        Assert.Equal((1, "x.vpython3\n", ""), FmtInput(Messy, "--check", "--stdin-path", "x.vpython3"));
    }

    [Fact]
    public void Editorconfig_has_a_say()
    {
        _directory.Write(".editorconfig", "root = true\n[*]\nvpython_indent_size = 4\n[*.vpython3]\nvpython_brackets = brace\nvpython_sort_wheels = true\n[bad.vpython3]\nvpython_brackets = round\n");
        string script = _directory.Write("b.py", $"# [VPYTHON:BEGIN]\n# {Messy}# [VPYTHON:END]\n");
        string spec = _directory.Write("a.vpython3", "wheel{name:\"b\"}\nwheel{name:\"a\"}\n");
        _directory.Write("bad.vpython3", Messy);
        Assert.Equal((0, "", "bad.vpython3: warning: the setting 'vpython_brackets = round' has no effect: its value can be mixed, keep, angle or brace [VPY3044]\n"), Fmt("a.vpython3", "b.py", "bad.vpython3"));
        Assert.Equal("wheel: {\n    name: \"a\"\n}\nwheel: {\n    name: \"b\"\n}\n", File.ReadAllText(spec));
        Assert.Equal("# [VPYTHON:BEGIN]\n# wheel: <\n#     name: \"a\"\n# >\n# [VPYTHON:END]\n", File.ReadAllText(script));
    }

    [Fact]
    public void Any_text_format_is_laid_out()
    {
        string named = _directory.Write("a.textproto", "x{y:1}");
        string header = _directory.Write("b.cfg", "# proto-message: some.Message\nx{y:1}");
        Assert.Equal((0, "", ""), Fmt("a.textproto", "b.cfg"));
        Assert.Equal("x: <\n  y: 1\n>\n", File.ReadAllText(named));
        Assert.Equal("# proto-message: some.Message\nx: <\n  y: 1\n>\n", File.ReadAllText(header));
    }

    [Fact]
    public void A_mistake_is_shown_and_the_rest_is_formatted()
    {
        string spec = _directory.Write("a.vpython3", "wheel: < name \"a\" >\n" + Messy);
        Assert.Equal((2, "", "a.vpython3:1:14: error: Write ':' between 'name' and its value. [VPY1002]\n"), Fmt("a.vpython3"));
        Assert.Equal("wheel: < name \"a\" >\n" + Neat, File.ReadAllText(spec));
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error()
    {
        string spec = _directory.Write("a.vpython3", Messy);
        (int exitCode, _, string error) = Fmt("missing.vpython3", "a.vpython3");
        Assert.Equal(2, exitCode);
        Assert.Contains("missing.vpython3", error, StringComparison.Ordinal);
        Assert.Equal(Neat, File.ReadAllText(spec));
    }

    [Fact]
    public void Mode_and_links_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes and links of POSIX systems");
        string script = _directory.Write("tool.py", $"# [VPYTHON:BEGIN]\n# {Messy}# [VPYTHON:END]\n");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, Mode);
        File.CreateSymbolicLink(_directory.Combine("link.py"), "tool.py");
        Assert.Equal((0, "", ""), Fmt("link.py"));
        Assert.Equal("tool.py", new FileInfo(_directory.Combine("link.py")).LinkTarget);
        if (!OperatingSystem.IsWindows()) Assert.Equal(Mode, File.GetUnixFileMode(script));
        Assert.Contains("#   name", File.ReadAllText(script), StringComparison.Ordinal);
        Assert.Equal(["link.py", "tool.py"], Directory.EnumerateFiles(_directory.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Line_ends_stay()
    {
        string spec = _directory.Write("a.vpython3", "a:1\r\nb:<c:2>\r\n");
        Assert.Equal((0, "", ""), Fmt("a.vpython3"));
        Assert.Equal("a: 1\r\nb: <\r\n  c: 2\r\n>\r\n", File.ReadAllText(spec));
    }

    [Fact]
    public void What_is_written_to_a_file_stands_behind_what_is_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        _directory.Write("a.vpython3", Messy);
        _directory.Write("b.vpython3", Messy);
        ProcessRun run = ProcessRun.Of("/bin/sh", ["-c", "(echo first; \"$0\" fmt --check a.vpython3 b.vpython3; echo last) >out", Program], _directory.Path);
        Assert.Equal("", run.Error);
        Assert.Equal("first\na.vpython3\nb.vpython3\nlast\n", File.ReadAllText(_directory.Combine("out")));
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "vpython3.exe" : "vpython3");

    private (int ExitCode, string Output, string Error) Fmt(params string[] arguments) => FmtInput("", arguments);

    private (int ExitCode, string Output, string Error) FmtInput(string input, params string[] arguments)
    {
        ProcessRun run = ProcessRun.Of(Program, ["fmt", .. arguments], _directory.Path, input: Encoding.UTF8.GetBytes(input));
        return (run.ExitCode, run.Output, run.Error);
    }
}
