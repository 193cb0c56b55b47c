using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Execution;
using Xunit;

namespace VPythonTools.Runner.Tests.Environments;

public sealed class StoreLayoutTests
{
    private static string Choose(string? flag, params string[] variables) => StoreLayout.Choose(flag, EnvironmentBlock.Of(variables), "/cwd").Root;

    [Fact]
    public void The_flag_wins_and_is_made_absolute()
    {
        Assert.Equal("/cwd/r", Choose("r", "VPYTHON_VIRTUALENV_ROOT=/v", "HOME=/h"));
        Assert.Equal("/r", Choose("/r", "HOME=/h"));
    }

    [Fact]
    public void The_variable_is_next() => Assert.Equal("/v", Choose(null, "VPYTHON_VIRTUALENV_ROOT=/v", "HOME=/h"));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Set_but_empty_means_one_directory_for_this_user_in_the_temporary_directory(string? flag)
    {
        string first = Choose(flag, "VPYTHON_VIRTUALENV_ROOT=", "TMPDIR=/t", "HOME=/h");
        Assert.StartsWith("/t/vpython-root_", first, StringComparison.Ordinal);
        Assert.Equal(first, Choose(flag, "VPYTHON_VIRTUALENV_ROOT=", "TMPDIR=/t", "HOME=/h"));
    }

    [Fact]
    public void The_cache_directory_of_the_user_is_the_default()
    {
        Assert.StartsWith("/h/.cache/vpython-root.", Choose(null, "HOME=/h"), StringComparison.Ordinal);
        Assert.StartsWith("/x/vpython-root.", Choose(null, "HOME=/h", "XDG_CACHE_HOME=/x"), StringComparison.Ordinal);
        Assert.StartsWith("/h/.cache/vpython-root.", Choose(null, "HOME=/h", "XDG_CACHE_HOME=relative"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_home_it_is_the_temporary_directory() => Assert.StartsWith("/tmp/vpython-root_", Choose(null), StringComparison.Ordinal);

    [Theory]
    [InlineData("/r/v1/environments/0123456789abcdefghijklmnop/bin", true)]
    [InlineData("/r/v1/environments/0123456789abcdefghijklmnop/bin/", true)]
    [InlineData("/r/v1/environments/0123456789abcdefghijklmnop", false)]
    [InlineData("/r/v1/environments/short/bin", false)]
    [InlineData("/r/venv/bin", false)]
    [InlineData("/usr/bin", false)]
    [InlineData("", false)]
    [InlineData("/", false)]
    public void The_scripts_of_an_environment_are_known_by_their_path(string directory, bool expected) =>
        Assert.Equal(expected, StoreLayout.IsScriptsOfAnEnvironment(directory));
}
