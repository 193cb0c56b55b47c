using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>Where a run finds its spec, and what is one.</summary>
public sealed class SpecPlaceTests(PackageShelf packages) : RunTest(packages)
{
    [Fact]
    public void A_byte_order_mark_before_a_spec_is_nothing()
    {
        User.Write("s.py", Greet);
        User.Write("s.py.vpython3", "\uFEFF" + Greeting);
        AssertPrints("hello\n", User.Run("s.py"));
    }

    [Fact]
    public void A_script_may_come_through_a_pipe()
    {
        AssertPrints("made\n", Bash("""vpython3 <(echo "print('made')")"""));
        AssertPrints("piped\n", Bash("""echo "print('piped')" | vpython3 /dev/stdin"""));
    }

    [Fact]
    public void A_named_spec_may_come_through_a_pipe()
    {
        User.Write("some.spec", Greeting);
        User.Write("s.py", Greet);
        AssertPrints("hello\n", Bash("vpython3 -vpython-spec <(cat some.spec) s.py"));
    }

    [Fact]
    public void A_loop_of_links_is_not_called_missing()
    {
        File.CreateSymbolicLink(Path.Combine(User.Work, "loop.py"), "loop.py");
        AssertFails(User.Run("loop.py"), "loop.py' is a loop of links");
        AssertFails(User.Run("-vpython-spec", "loop.py", "-c", "pass"), "loop.py' of -vpython-spec is a loop of links");
    }

    [Fact]
    public void Guards_with_different_prefixes_are_an_error_at_their_place()
    {
        User.Write("s.py", "# [VPYTHON:BEGIN]\n# " + Greeting + "#[VPYTHON:END]\n");
        AssertRefused(User.Run("s.py"), "s.py:3:1: error: ");
    }

    [Fact]
    public void A_docstring_may_end_behind_the_end_guard()
    {
        User.Write("s.py", "\"\"\"\n[VPYTHON:BEGIN]\n" + Greeting + "[VPYTHON:END]\"\"\"\n" + Greet);
        AssertPrints("hello\n", User.Run("s.py"));
    }

    [Fact]
    public void A_block_is_found_behind_an_empty_one()
    {
        User.Write("s.py", "# [VPYTHON:BEGIN]\n# [VPYTHON:END]\n# [VPYTHON:BEGIN]\n# " + Greeting + "# [VPYTHON:END]\n" + Greet);
        AssertPrints("hello\n", User.Run("s.py"));
    }

    [Fact]
    public void Long_lines_hide_nothing()
    {
        string table = "# " + new string('x', 100_000) + "\n";
        User.Write("s.py", table + "# [VPYTHON:BEGIN]\n# " + Greeting + "# [VPYTHON:END]\n" + table + Greet);
        User.Write("plain.py", table + "print('plain')\n");
        AssertPrints("hello\n", User.Run("s.py"));
        AssertPrints("plain\n", User.Run("plain.py"));
    }

    [Fact]
    public void A_directory_has_the_spec_beside_it_or_in_its_main_module()
    {
        User.Write("beside/__main__.py", Greet);
        User.Write("beside.vpython3", Greeting);
        User.Write("inside/__main__.py", "# [VPYTHON:BEGIN]\n# " + Greeting + "# [VPYTHON:END]\n" + Greet);
        AssertPrints("hello\n", User.Run("beside"));
        AssertPrints("hello\n", User.Run("inside/"));
    }

    [Fact]
    public void A_directory_with_the_name_of_a_spec_is_passed_over()
    {
        User.Write("deep/er/s.py", Greet);
        Directory.CreateDirectory(Path.Combine(User.Work, "deep", "er", ".vpython3"));
        Directory.CreateDirectory(Path.Combine(User.Work, "deep", "er", "s.py.vpython3"));
        User.Write("deep/.vpython3", Greeting);
        AssertPrints("hello\n", User.Run("deep/er/s.py"));
    }

    [Theory]
    [InlineData("s.py.vpython3", "wheel: < nome: \"x\" >\n", "s.py.vpython3:1:10: error: ")]
    [InlineData(".vpython3", "\n\npython_version: 3\n", ".vpython3:3:17: error: ")]
    [InlineData("s.py", "# [VPYTHON:BEGIN]\n# wheel: <\n# [VPYTHON:END]\nprint('ran')\n", "s.py:")]
    public void A_broken_spec_stops_the_run_though_another_one_is_near(string file, string content, string error)
    {
        User.Write("s.py", "print('ran')\n");
        User.Write("../work/.vpython3", Greeting);
        User.Variables["VPYTHON_DEFAULT_SPEC"] = User.Write("default.vpython3", Greeting);
        User.Write(file, content);
        AssertRefused(User.Run("s.py"), error);
    }

    [Fact]
    public void The_default_spec_counts_where_nothing_else_does()
    {
        User.Variables["VPYTHON_DEFAULT_SPEC"] = User.Write("elsewhere/default.vpython3", Greeting);
        User.Write("s.py", Greet);
        AssertPrints("hello\n", User.Run("s.py"));
        User.Write("s.py.vpython3", "");
        Assert.Contains("No module named 'greeting'", User.Run("s.py").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_default_spec_fails_only_who_needs_it()
    {
        string broken = User.Write("elsewhere/default.vpython3", "wheel <\n");
        User.Variables["VPYTHON_DEFAULT_SPEC"] = broken;
        User.Write("needs/s.py", Greet);
        User.Write("has/s.py", Greet);
        User.Write("has/s.py.vpython3", Greeting);
        AssertRefused(User.Run("needs/s.py"), "elsewhere/default.vpython3:");
        AssertPrints("hello\n", User.Run("has/s.py"));
    }
}
