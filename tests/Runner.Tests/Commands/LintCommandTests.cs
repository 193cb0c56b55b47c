using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands;

public sealed class LintCommandTests : IDisposable
{
    private const string Wheel = "wheel: <\n  name: \"custom/six-py2_py3\"\n  version: \"version:1.15.0\"\n>\n";
    private const string Clean = "python_version: \"3.8\"\n" + Wheel;
    private const string Twice = "python_version: \"3.8\"\n" + Wheel + Wheel;

    private readonly CommandSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_clean_spec_is_silence_and_zero()
    {
        _sandbox.Write("a.vpython3", Clean);
        Assert.Equal((0, "", ""), Lint("a.vpython3"));
        Assert.Equal((0, "", ""), Lint("."));
        Assert.Equal((0, "", ""), Lint());
    }

    [Fact]
    public void A_finding_is_shown_with_its_line_and_a_caret()
    {
        _sandbox.Write("a.vpython3", Twice);
        Assert.Equal(
            (1,
            """
            a.vpython3:7:9: warning VPY2301 'custom/six-py2_py3' in this version stands at line 3 already. Remove one of the two.
              7 |   name: "custom/six-py2_py3"
                |         ^^^^^^^^^^^^^^^^^^^^
              fix: Remove this wheel (--fix)

            1 finding in 1 of 1 spec: 1 warning. --fix mends 1.

            """,
            ""),
            Lint("a.vpython3"));
    }

    [Fact]
    public void A_spec_in_a_script_is_linted_where_it_stands()
    {
        _sandbox.Write("tool.py", "import os\n" + Embed(Twice));
        (int exitCode, string output, _) = Lint("tool.py", "--format", "concise");
        Assert.Equal(1, exitCode);
        Assert.Equal("tool.py:9:11: warning VPY2301 'custom/six-py2_py3' in this version stands at line 5 already. Remove one of the two.\n", output);
    }

    [Fact]
    public void Without_a_path_it_is_the_working_directory()
    {
        _sandbox.Write("x/y/a.vpython3", Twice);
        _sandbox.Write("x/tool", "#!/usr/bin/env vpython3\n" + Embed(Twice));
        Assert.Equal(["x/tool", "x/y/a.vpython3"], Paths(Lint("--format", "concise")));
        Assert.Equal(["./x/tool", "./x/y/a.vpython3"], Paths(Lint(".", "--format", "concise")));
        Assert.Equal(["x/y/a.vpython3"], Paths(Lint("x/y", "--format", "concise")));
    }

    [Fact]
    public void What_Git_ignores_binaries_and_links_are_left_out_of_directories()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        using var elsewhere = new TemporaryDirectory();
        elsewhere.Write("outside.vpython3", Twice);
        Directory.CreateDirectory(_sandbox.Combine(".git/info"));
        _sandbox.Write(".git/info/exclude", "excluded/\n");
        _sandbox.Write(".git/hooks.vpython3", Twice);
        _sandbox.Write(".gitignore", "out/\n*.tmp.py\n!kept.tmp.py\n");
        _sandbox.Write("out/a.vpython3", Twice);
        _sandbox.Write("excluded/a.vpython3", Twice);
        _sandbox.Write("b.tmp.py", Embed(Twice));
        _sandbox.Write("kept.tmp.py", Embed(Twice));
        _sandbox.Write("binary", "\0\n" + Embed(Twice));
        _sandbox.Write(".hidden/a.vpython3", Twice);
        File.CreateSymbolicLink(_sandbox.Combine("link.vpython3"), elsewhere.Combine("outside.vpython3"));
        Directory.CreateSymbolicLink(_sandbox.Combine("linked"), elsewhere.Path);
        Directory.CreateSymbolicLink(_sandbox.Combine("loop"), _sandbox.Root);
        Assert.Equal([".hidden/a.vpython3", "kept.tmp.py"], Paths(Lint("--format", "concise")));
        // What is named is meant.
        Assert.Equal(["out/a.vpython3"], Paths(Lint("out", "--format", "concise")));
        Assert.Equal(["link.vpython3"], Paths(Lint("link.vpython3", "--format", "concise")));
    }

    [Fact]
    public void Git_ignores_for_all_repositories_what_the_user_says()
    {
        using var home = new TemporaryDirectory();
        _sandbox.Environment["HOME"] = home.Path;
        _sandbox.Environment["XDG_CONFIG_HOME"] = null;
        _sandbox.Environment["GIT_CONFIG_GLOBAL"] = null;
        _sandbox.Git("init", "-q");
        foreach (string directory in (string[])["default", "named", "own", "kept"]) _sandbox.Write($"{directory}/a.vpython3", Twice);
        home.Write(".config/git/ignore", "default/\nkept/\n");
        _sandbox.Write(".gitignore", "!kept/\n");
        Assert.Equal(["kept/a.vpython3", "named/a.vpython3", "own/a.vpython3"], Paths(Lint("--format", "concise")));
        home.Write(".gitconfig", "[user]\n\tname = A\n[core]\n\texcludesfile = \"~/global ignore\" # mine\n");
        home.Write("global ignore", "named\n");
        Assert.Equal(["default/a.vpython3", "kept/a.vpython3", "own/a.vpython3"], Paths(Lint("--format", "concise")));
        _sandbox.Write("patterns", "own\n");
        _sandbox.Git("config", "core.excludesFile", "patterns");
        Assert.Equal(["default/a.vpython3", "kept/a.vpython3", "named/a.vpython3"], Paths(Lint("--format", "concise")));
        // Git says the same.
        Assert.Equal("own/a.vpython3\n", _sandbox.Git("ls-files", "--others", "--ignored", "--exclude-standard", "*.vpython3"));
    }

    [Fact]
    public void What_is_named_is_looked_at_and_mended_through_links()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        using var elsewhere = new TemporaryDirectory();
        elsewhere.Write("tree/outside.vpython3", Twice);
        File.CreateSymbolicLink(_sandbox.Combine("link.vpython3"), elsewhere.Combine("tree", "outside.vpython3"));
        Directory.CreateSymbolicLink(_sandbox.Combine("linked"), elsewhere.Combine("tree"));
        Assert.Equal(["linked/outside.vpython3"], Paths(Lint("linked", "--format", "concise")));
        Assert.Equal(["linked/outside.vpython3"], Paths(Lint("linked/*.vpython3", "--format", "concise")));
        Assert.Equal((0, "", ""), Lint("."));
        Assert.Equal(2, Lint("link*").ExitCode);
        Assert.Equal(0, Lint("link.vpython3", "--fix").ExitCode);
        Assert.Equal(Clean, File.ReadAllText(elsewhere.Combine("tree", "outside.vpython3")));
        Assert.NotNull(new FileInfo(_sandbox.Combine("link.vpython3")).LinkTarget);
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_told_as_such()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "file systems there have only names that are text");
        _sandbox.Write("a.vpython3", Twice);
        _sandbox.Git("init", "-q");
        ProcessRun made = ProcessRun.Of("/bin/sh", ["-c", "cp a.vpython3 \"$(printf 'caf\\351.vpython3')\" && mkdir \"$(printf 'd\\377')\" && cp a.vpython3 \"$(printf 'd\\377/x.vpython3')\""], _sandbox.Root, _sandbox.Environment);
        Assert.Equal("", made.Error);
        (int exitCode, string output, string error) = Lint("--format", "concise");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("a.vpython3:", output, StringComparison.Ordinal);
        Assert.Contains("caf\uFFFD.vpython3: error: cannot be read: its name is not UTF-8 [VPY3006]", error, StringComparison.Ordinal);
        Assert.Contains("d\uFFFD: warning: is left out, since its name is not UTF-8 [VPY3510]", error, StringComparison.Ordinal);
        (exitCode, _, error) = Lint("--changed", "--format", "concise");
        Assert.Equal(2, exitCode);
        Assert.Contains("caf\uFFFD.vpython3: error: cannot be read: its name is not UTF-8 [VPY3006]", error, StringComparison.Ordinal);
        _sandbox.Write(".gitignore", "*\uFFFD*\n");
        (exitCode, _, error) = Lint("--format", "concise");
        // The directory of the test could not be removed with them.
        ProcessRun.Of("/bin/sh", ["-c", "rm -rf caf* d*"], _sandbox.Root, _sandbox.Environment);
        Assert.Equal((1, ""), (exitCode, error));
    }

    [Fact]
    public void Names_of_files_do_not_command_the_terminal_nor_end_a_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "names there have no control characters");
        const string Hostile = "e\u001b[31m\u001b]0;title\u0007\n::error file=x::y\u202E.vpython3";
        _sandbox.Write(Hostile, Twice);
        _sandbox.Write("x\u001b[2J.textproto", "a: 1\n");
        foreach (string format in (string[])["text", "concise", "github"])
        {
            (_, string output, string error) = Lint(Hostile, "x\u001b[2J.textproto", "missing\n\u001b[1m.vpython3", "--format", format);
            Assert.DoesNotContain(output + error, static character => char.IsControl(character) && character is not '\n' || character == '\u202E');
            Assert.DoesNotContain("\n::error", output + error, StringComparison.Ordinal);
            Assert.Contains("VPY2301", output, StringComparison.Ordinal);
        }
        Assert.StartsWith("--- \"e\\033[31m\\033]0;title\\007\\012::error file=x::y\\342\\200\\256.vpython3\"\n", Lint(Hostile, "--diff").Output, StringComparison.Ordinal);
        _sandbox.Write(".editorconfig", "[*]\nvpython_platforms = nowhere\n");
        (_, _, string warning) = Lint(Hostile);
        Assert.Contains("[VPY3044]", warning, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', warning);
    }

    [Fact]
    public void Pages_that_show_specs_are_left_out_unless_they_are_named()
    {
        _sandbox.Write("docs/page.md", Embed(Twice) + "\n" + Embed(Twice));
        _sandbox.Write("docs/x.md.vpython3", Twice);
        Assert.Equal(["docs/x.md.vpython3"], Paths(Lint("--format", "concise")));
        Assert.Contains("docs/page.md", Paths(Lint("docs/page.md", "--format", "concise")));
        Assert.Equal((0, "", ""), (_sandbox.Run("lint", "--severity", "hint", SharedData.ProjectRoot + "/docs") is var run ? run.ExitCode : -1, run.Output, run.Error));
    }

    [Fact]
    public void Fix_leaves_the_layout_to_fmt_unless_it_is_asked_for()
    {
        const string Untidy = "python_version:   \"3.8\"\nwheel:{name: \"custom/six-py2_py3\" version: \"version:1.15.0\"}\n";
        _sandbox.Write("a.vpython3", Untidy);
        Assert.Equal((0, "", ""), Lint("a.vpython3", "--fix"));
        Assert.Equal(Untidy, _sandbox.Read("a.vpython3"));
        Assert.Equal(0, Lint("a.vpython3", "--fix", "--severity", "hint", "--select", "VPY4001").ExitCode);
        Assert.Equal(Clean, _sandbox.Read("a.vpython3"));
    }

    [Fact]
    public void A_binary_file_that_is_named_as_a_spec_is_one_finding()
    {
        File.WriteAllBytes(_sandbox.Combine("x.py.vpython3"), [.. Enumerable.Range(0, 4_000).Select(static number => (byte)(number * 7))]);
        (int exitCode, string output, _) = Lint("--format", "concise", "--severity", "hint");
        Assert.Equal(1, exitCode);
        Assert.Equal("x.py.vpython3:1:1: error VPY1024 This is no text: it has NUL bytes. Restore the spec from version control, or give the file another name.\n", output);
    }

    [Fact]
    public void Files_that_are_named_and_have_no_spec_are_told()
    {
        _sandbox.Write("a.py", "import os\n");
        _sandbox.Write("b.sh", "exit\n");
        ProcessRun one = _sandbox.Run("lint", "a.py");
        Assert.Equal((0, "", "a.py: note: there is no spec in this file\n"), (one.ExitCode, one.Output, one.Error));
        Assert.Equal("note: there is no spec in any of these 2 files\n", _sandbox.Run("lint", "--format", "json", "a.py", "b.sh").Error);
        Assert.Equal("", _sandbox.Run("lint", "--format", "json", ".").Error);
    }

    [Fact]
    public void A_pattern_stands_for_the_files_that_it_matches()
    {
        _sandbox.Write("a/x.vpython3", Twice);
        _sandbox.Write("a/b/y.vpython3", Twice);
        _sandbox.Write("a/b/tool.py", Embed(Twice));
        _sandbox.Write("c/z.vpython3", Twice);
        _sandbox.Write("c/plain.py", "pass\n");
        Assert.Equal(["a/b/y.vpython3", "a/x.vpython3", "c/z.vpython3"], Paths(Lint("**/*.vpython3", "--format", "concise")));
        Assert.Equal(["a/x.vpython3"], Paths(Lint("a/*.vpython3", "--format", "concise")));
        Assert.Equal(["a/b/tool.py"], Paths(Lint("a/**/*.py", "--format", "concise")));
        // A directory that matches is meant with all in it.
        Assert.Equal(["a/b/tool.py", "a/b/y.vpython3"], Paths(Lint("a/[bq]", "--format", "concise")));
        Assert.Equal((0, "", ""), Lint("c/*.py"));
        (int exitCode, _, string error) = Lint("c/*.textproto");
        Assert.Equal(2, exitCode);
        Assert.Contains("c/*.textproto: error: no file matches this pattern [VPY3502]", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Misnamed_specs_are_looked_at_too()
    {
        _sandbox.Write(".vpython3.txt", Twice);
        _sandbox.Write("b.VPython3", Twice);
        Assert.Equal([".vpython3.txt", "b.VPython3"], Paths(Lint("--select", "VPY2301", "--format", "concise")));
    }

    [Fact]
    public void What_cannot_be_read_is_two_and_the_rest_is_reported()
    {
        _sandbox.Write("a.vpython3", Twice);
        _sandbox.Write("b.textproto", "x: 1\n");
        (int exitCode, string output, string error) = Lint("missing.vpython3", "a.vpython3", "b.textproto", "--format", "concise");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("a.vpython3:7:9: warning VPY2301 ", output, StringComparison.Ordinal);
        Assert.Contains("missing.vpython3: error: cannot be read: ", error, StringComparison.Ordinal);
        Assert.Contains("b.textproto: error: is no spec", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_format_file_that_says_that_it_is_a_spec_is_one()
    {
        _sandbox.Write("a.textproto", "# proto-message: vpython.Spec\n" + Twice);
        Assert.Equal(["a.textproto"], Paths(Lint("a.textproto", "--format", "concise")));
    }

    [Theory]
    [InlineData("--format", "xml")]
    [InlineData("--severity", "fatal")]
    [InlineData("--select", "VPY99")]
    [InlineData("--ignore", "E501")]
    [InlineData("--unsafe-fixes", "a.vpython3")]
    [InlineData("--statistics", "--format", "sarif")]
    [InlineData("--no-such-flag")]
    [InlineData("-", "a.vpython3")]
    public void A_wrong_command_line_is_two(params string[] arguments)
    {
        _sandbox.Write("a.vpython3", Clean);
        (int exitCode, string output, string error) = Lint(arguments);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("error:", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fix_mends_the_file_and_reports_the_rest()
    {
        string script = _sandbox.Write("tool.py", "import os\r\n" + Embed(Twice).ReplaceLineEndings("\r\n"));
        Assert.Equal((0, "1 finding mended.\n", ""), Lint("--fix", "tool.py"));
        Assert.Equal("import os\r\n" + Embed(Clean).ReplaceLineEndings("\r\n"), File.ReadAllText(script));
        Assert.Equal((0, "", ""), Lint("--fix", "tool.py"));
        _sandbox.Write("a.vpython3", Twice + "wheel: <\n  nam: \"x\"\n>\n");
        (int exitCode, string output, _) = Lint("--fix", "a.vpython3", "--format", "concise");
        Assert.Equal(1, exitCode);
        Assert.Contains("VPY1201", output, StringComparison.Ordinal);
        Assert.Equal(Clean + "wheel: <\n  nam: \"x\"\n>\n", _sandbox.Read("a.vpython3"));
    }

    [Fact]
    public void Fix_leaves_what_is_not_selected()
    {
        _sandbox.Write("a.vpython3", Twice);
        Assert.Equal((0, "", ""), Lint("--fix", "--ignore", "VPY23", "a.vpython3"));
        Assert.Equal((0, "", ""), Lint("--fix", "--severity", "error", "a.vpython3"));
        Assert.Equal(Twice, _sandbox.Read("a.vpython3"));
    }

    [Fact]
    public void A_file_that_may_not_be_written_stays_and_is_two()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "root may write everything");
        _sandbox.Write("d/a.vpython3", Twice);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_sandbox.Combine("d"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        (int exitCode, _, string error) = Lint("--fix", "d");
        Assert.Equal(2, exitCode);
        Assert.Contains("[VPY3505]", error, StringComparison.Ordinal);
        Assert.Equal(Twice, _sandbox.Read("d/a.vpython3"));
    }

    [Fact]
    public void Diff_shows_what_fix_would_change()
    {
        _sandbox.Write("a.vpython3", Twice);
        (int exitCode, string output, string error) = Lint("--diff", "a.vpython3");
        Assert.Equal((1, ""), (exitCode, error));
        Assert.Equal("--- a.vpython3\n+++ a.vpython3\n@@ -3,7 +3,3 @@\n   name: \"custom/six-py2_py3\"\n   version: \"version:1.15.0\"\n >\n-wheel: <\n-  name: \"custom/six-py2_py3\"\n-  version: \"version:1.15.0\"\n->\n", output);
        Assert.Equal(Twice, _sandbox.Read("a.vpython3"));
        Assert.Equal((0, "", ""), Lint("--diff", "--ignore", "VPY2301", "a.vpython3"));
    }

    [Fact]
    public void Standard_input_is_linted_and_mended_to_standard_output()
    {
        ProcessRun run = _sandbox.RunWithInput(Twice, "lint", "-", "--format", "concise");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("<stdin>:7:9: warning VPY2301 ", run.Output, StringComparison.Ordinal);
        run = _sandbox.RunWithInput(Embed(Twice), "lint", "--stdin-path", "x/tool.py", "--format", "concise");
        Assert.StartsWith("x/tool.py:8:11: warning VPY2301 ", run.Output, StringComparison.Ordinal);
        run = _sandbox.RunWithInput(Embed(Twice), "lint", "--stdin-path", "x/tool.py", "--fix");
        Assert.Equal((0, Embed(Clean)), (run.ExitCode, run.Output));
        Assert.Contains("1 finding mended.", run.Error, StringComparison.Ordinal);
        run = _sandbox.RunWithInput(Clean, "lint", "--stdin-path", ".vpython3", "--fix");
        Assert.Equal((0, Clean, ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public void Codes_are_selected_and_ignored_by_their_beginnings()
    {
        _sandbox.Write("a.vpython3", Twice + "# vpython: disable=VPY2103\n" + "verify_pep425_tag: <\n>\n");
        Assert.Equal(["VPY2301"], Codes("--select", "VPY2301"));
        Assert.Equal(["VPY2301", "VPY4101"], Codes("--select", "vpy23,VPY41"));
        Assert.Equal(["VPY4101"], Codes("--select", "VPY23", "--select", "VPY4", "--ignore", "VPY230"));
        // The longer beginning decides.
        Assert.Equal(["VPY2301"], Codes("--select", "VPY2301", "--ignore", "VPY2"));
        Assert.Equal([], Codes("--select", "VPY23", "--ignore", "VPY2301"));
    }

    [Fact]
    public void Severity_is_the_least_to_report_and_to_fail_for()
    {
        _sandbox.Write("a.vpython3", Twice);
        _sandbox.Write(".editorconfig", "root = true\n[*]\nvpython_diagnostic.VPY2301.severity = info\n");
        Assert.Equal((0, "", ""), Lint("a.vpython3", "--select", "VPY2301"));
        (int exitCode, string output, _) = Lint("a.vpython3", "--select", "VPY2301", "--severity", "info", "--format", "concise");
        Assert.Equal(1, exitCode);
        Assert.Contains(": info VPY2301 ", output, StringComparison.Ordinal);
        Assert.Equal(0, Lint("a.vpython3", "--select", "VPY2301", "--severity", "info", "--exit-zero").ExitCode);
    }

    [Fact]
    public void Editorconfig_decides_by_path_and_a_setting_without_meaning_is_told()
    {
        _sandbox.Write(".editorconfig", "root = true\n[x/*]\nvpython_diagnostic.VPY2301.severity = error\n[y/*]\nvpython_diagnostic.VPY2301.severity = none\n[z/*]\nvpython_diagnostic.VPY2301.severity = loud\n");
        _sandbox.Write("x/a.vpython3", Twice);
        _sandbox.Write("y/a.vpython3", Twice);
        _sandbox.Write("z/a.vpython3", Twice);
        _sandbox.Write("z/b.vpython3", Twice);
        (int exitCode, string output, string error) = Lint("--select", "VPY2301", "--format", "concise");
        Assert.Equal(1, exitCode);
        Assert.Collection(
            output.TrimEnd('\n').Split('\n'),
            line => Assert.StartsWith("x/a.vpython3:7:9: error VPY2301 ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("z/a.vpython3:7:9: warning VPY2301 ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("z/b.vpython3:7:9: warning VPY2301 ", line, StringComparison.Ordinal));
        Assert.Matches("^z/[ab].vpython3: warning: the setting 'vpython_diagnostic.vpy2301.severity = loud' has no effect: [^\n]* \\[VPY3044\\]\n$", error);
    }

    [Fact]
    public void A_comment_suppresses_and_one_without_effect_is_found_and_mended()
    {
        _sandbox.Write("a.vpython3", "python_version: \"3.8\"\n" + Wheel + "# vpython: disable=VPY2301 -- twice is better\n" + Wheel);
        Assert.Equal((0, "", ""), Lint("--select", "VPY23,VPY41"));
        _sandbox.Write("a.vpython3", "python_version: \"3.8\"\n# vpython: disable=VPY2301\n" + Wheel);
        Assert.Equal(["VPY4101"], Codes("--select", "VPY23,VPY41"));
        Assert.Equal(0, Lint("--fix", "--select", "VPY4101").ExitCode);
        Assert.Equal(Clean, _sandbox.Read("a.vpython3"));
    }

    [Fact]
    public void Statistics_count_by_code()
    {
        _sandbox.Write("a.vpython3", Twice + Wheel);
        _sandbox.Write("b.vpython3", Twice);
        Assert.Equal((1, "     3  VPY2301  Same wheel twice (3 with a safe fix)\n", ""), Lint("--statistics", "--select", "VPY2301"));
        Assert.Equal("[\n{\"code\":\"VPY2301\",\"title\":\"Same wheel twice\",\"count\":3,\"fixable\":3}\n]\n", Lint("--statistics", "--select", "VPY2301", "--format", "json").Output);
    }

    [Fact]
    public void Control_characters_of_a_spec_do_not_reach_the_terminal()
    {
        _sandbox.Write("a.vpython3", "wheel: <\n  name: \"\u001b[31mx\" # \u001b]0;title\u0007 \u202E\n  nam: \"\u001b[2J\"\n>\n");
        foreach (string format in (string[])["text", "concise"])
        {
            (int exitCode, string output, _) = Lint("a.vpython3", "--format", format, "--severity", "hint");
            Assert.Equal(1, exitCode);
            Assert.DoesNotContain(output, static character => char.IsControl(character) && character is not ('\n' or '\t') || character == '\u202E');
        }
    }

    [Fact]
    public void There_is_no_colour_where_nobody_looks()
    {
        _sandbox.Write("a.vpython3", Twice);
        Assert.DoesNotContain("\u001b", Lint("a.vpython3").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_colour_on_a_terminal_unless_NO_COLOR_is_set()
    {
        _sandbox.Write("a.vpython3", Twice);
        string script = Requirement.Tool("script");
        foreach ((string? noColor, bool isColoured) in ((string?, bool)[])[(null, true), ("1", false)])
        {
            _sandbox.Environment["NO_COLOR"] = noColor;
            _sandbox.Environment["TERM"] = "xterm";
            ProcessRun run = ProcessRun.Of(script, ["-q", "-c", $"{CommandSandbox.Program} lint a.vpython3", "/dev/null"], _sandbox.Root, _sandbox.Environment);
            Assert.Contains("VPY2301", run.Output, StringComparison.Ordinal);
            Assert.Equal(isColoured, run.Output.Contains("\u001b[1;33m", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_long_line_is_shown_around_the_finding()
    {
        string name = new('x', 20000);
        string wheel = $"wheel: < name: \"{name}\" version: \"version:1\" >";
        _sandbox.Write("a.vpython3", $"{wheel} {wheel}\n");
        (_, string output, _) = Lint("a.vpython3", "--select", "VPY2301");
        string[] lines = output.Split('\n');
        Assert.All(lines[1..3], static line => Assert.InRange(line.Length, 1, 300));
        Assert.Contains("^", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_tree_is_searched_by_several_threads_and_reported_in_order()
    {
        string[] expected = [.. Enumerable.Range(0, 300).Select(static i => $"d{i % 7}/e{i % 5}/f{i:000}.py")];
        foreach (string path in expected)
        {
            _sandbox.Write(path, "import os\n" + Embed(Twice));
            _sandbox.Write(path + ".txt", "nothing of that kind\n");
        }
        foreach (int i in Enumerable.Range(0, 200)) _sandbox.Write($"flat/s{i:000}", i % 10 == 0 ? Embed(Twice) : "VPYTHON:BEGIN without brackets\n");
        string[] found = Paths(Lint("--format", "concise", "--select", "VPY2301"));
        Assert.Equal([.. expected.Concat(Enumerable.Range(0, 20).Select(static i => $"flat/s{i * 10:000}")).Order(StringComparer.Ordinal)], found);
    }

    private static string Embed(string spec) =>
        "# [VPYTHON:BEGIN]\n" + string.Concat(spec.TrimEnd('\n').Split('\n').Select(static line => $"# {line}\n")) + "# [VPYTHON:END]\n";

    private static string[] Paths((int ExitCode, string Output, string Error) run) => [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(':')[0]).Distinct()];

    private string[] Codes(params string[] arguments) =>
        [.. Lint([.. arguments, "--format", "concise"]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')[2]).Distinct().Order(StringComparer.Ordinal)];

    private (int ExitCode, string Output, string Error) Lint(params string[] arguments)
    {
        ProcessRun run = _sandbox.Run(["lint", .. arguments]);
        return (run.ExitCode, run.Output, run.Error);
    }
}
