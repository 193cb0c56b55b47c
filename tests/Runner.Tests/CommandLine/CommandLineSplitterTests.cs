using VPythonTools.Runner.CommandLine;
using VPythonTools.Runner.Console;
using Xunit;

namespace VPythonTools.Runner.Tests.CommandLine;

public sealed class CommandLineSplitterTests
{
    private static SplitCommandLine Split(params string[] arguments)
    {
        Assert.True(CommandLineSplitter.Split(arguments).TryGet(out SplitCommandLine? split, out Failure? failure), failure?.Message);
        return split!;
    }

    private static Failure Refused(params string[] arguments)
    {
        Assert.False(CommandLineSplitter.Split(arguments).TryGet(out _, out Failure? failure));
        return failure!;
    }

    [Theory]
    [InlineData("-vpython-root", "/r")]
    [InlineData("--vpython-root", "/r")]
    [InlineData("-vpython-root=/r")]
    [InlineData("--vpython-root=/r")]
    [InlineData("-vpython-root=/other", "-vpython-root", "/r")]
    public void A_flag_of_ours_has_one_dash_or_two_and_its_value_behind_an_equals_sign_or_next(params string[] arguments)
    {
        SplitCommandLine split = Split([.. arguments, "s.py", "a"]);
        Assert.Equal("/r", split.Options.Root);
        Assert.Equal(["s.py", "a"], split.Python.Arguments);
    }

    [Fact]
    public void A_flag_of_ours_is_seen_behind_flags_of_Python()
    {
        SplitCommandLine split = Split("-v", "-vpython-spec", "f", "-W", "error", "s.py");
        Assert.Equal("f", split.Options.Spec);
        Assert.Equal(["-v", "-W", "error", "s.py"], split.Python.Arguments);
        Assert.Equal(PythonTarget.Script, split.Python.Target);
        Assert.Equal("s.py", split.Python.TargetValue);
    }

    [Fact]
    public void A_flag_of_ours_behind_the_target_is_the_scripts()
    {
        SplitCommandLine split = Split("s.py", "-vpython-spec", "f");
        Assert.Null(split.Options.Spec);
        Assert.Equal(["s.py", "-vpython-spec", "f"], split.Python.Arguments);
    }

    [Fact]
    public void The_separator_is_kept_and_what_follows_is_the_script()
    {
        SplitCommandLine split = Split("-vpython-root=/r", "--", "-x.py", "-vpython-spec", "f");
        Assert.Equal(["--", "-x.py", "-vpython-spec", "f"], split.Python.Arguments);
        Assert.Equal(PythonTarget.Script, split.Python.Target);
        Assert.Equal("-x.py", split.Python.TargetValue);
        Assert.Equal(1, split.Python.FlagCount);
    }

    [Theory]
    [InlineData(new string[0], PythonTarget.Interactive, null)]
    [InlineData(new[] { "-i" }, PythonTarget.Interactive, null)]
    [InlineData(new[] { "--" }, PythonTarget.Interactive, null)]
    [InlineData(new[] { "-" }, PythonTarget.StandardInput, null)]
    [InlineData(new[] { "--", "-" }, PythonTarget.StandardInput, null)]
    [InlineData(new[] { "-c", "pass", "-v" }, PythonTarget.Command, "pass")]
    [InlineData(new[] { "-Bcpass" }, PythonTarget.Command, "pass")]
    [InlineData(new[] { "-c" }, PythonTarget.Command, null)]
    [InlineData(new[] { "-Im", "a.b", "--x" }, PythonTarget.Module, "a.b")]
    [InlineData(new[] { "-W", "-c", "s.py" }, PythonTarget.Script, "s.py")]
    [InlineData(new[] { "-Xdev", "s.py" }, PythonTarget.Script, "s.py")]
    [InlineData(new[] { "-BX", "dev", "s.py" }, PythonTarget.Script, "s.py")]
    [InlineData(new[] { "--check-hash-based-pycs", "always", "s.py" }, PythonTarget.Script, "s.py")]
    [InlineData(new[] { "" }, PythonTarget.Script, "")]
    public void The_target_is_what_Python_would_run(string[] arguments, PythonTarget target, string? value)
    {
        SplitCommandLine split = Split(arguments);
        Assert.Equal(target, split.Python.Target);
        Assert.Equal(value, split.Python.TargetValue);
        Assert.Equal(arguments, split.Python.Arguments);
    }

    [Theory]
    [InlineData("-s", true)]
    [InlineData("-Bs", true)]
    [InlineData("-I", true)]
    [InlineData("-S", false)]
    [InlineData("-Xs", false)]
    public void It_is_known_whether_the_user_site_is_shut_out(string flag, bool expected) => Assert.Equal(expected, Split(flag, "s.py").Python.ExcludesUserSite);

    [Theory]
    [InlineData("-V", true)]
    [InlineData("-VV", true)]
    [InlineData("--version", true)]
    [InlineData("--help-env", true)]
    [InlineData("--help-xoptions", true)]
    [InlineData("-?", true)]
    [InlineData("-v", false)]
    [InlineData("-WV", false)]
    public void A_question_about_Python_itself_is_seen(string flag, bool expected) => Assert.Equal(expected, Split(flag).Python.IsQuestion);

    [Theory]
    [InlineData("-h")]
    [InlineData("-help")]
    [InlineData("--help")]
    [InlineData("-help=true")]
    public void Help_is_ours(string flag) => Assert.True(Split(flag).Options.Help);

    [Fact]
    public void A_flag_of_ours_without_its_value_is_refused()
    {
        Assert.Contains("flag needs an argument: -vpython-spec", Refused("-vpython-spec").Message, StringComparison.Ordinal);
        Assert.Contains("flag needs an argument: -vpython-spec", Refused("-vpython-spec", "--", "x").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_flag_with_our_prefix_is_refused() =>
        Assert.Contains("unknown flag: -vpython-rot", Refused("-vpython-rot", "/r").Message, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_log_level_is_refused_with_the_right_ones() =>
        Assert.Contains("debug, info, warning and error", Refused("-vpython-log-level", "loud").Message, StringComparison.Ordinal);

    [Fact]
    public void A_value_that_looks_like_a_flag_is_taken() => Assert.Equal("-x", Split("-vpython-root", "-x", "s.py").Options.Root);
}
