using VPythonTools.SpecLang.Python;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Python;

public sealed class StandardLibraryTests
{
    [Theory]
    [InlineData("os.path", "2.7 3.8 3.9 3.10 3.11 3.12 3.13")]
    [InlineData("urllib2", "2.7")]
    [InlineData("winreg", "3.8 3.9 3.10 3.11 3.12 3.13")]
    [InlineData("_winreg", "2.7")]
    [InlineData("tomllib", "3.11 3.12 3.13")]
    [InlineData("zoneinfo", "3.9 3.10 3.11 3.12 3.13")]
    [InlineData("imp", "2.7 3.8 3.9 3.10 3.11")]
    [InlineData("distutils.core", "2.7 3.8 3.9 3.10 3.11")]
    [InlineData("cgi", "2.7 3.8 3.9 3.10 3.11 3.12")]
    [InlineData("dataclasses", "3.8 3.9 3.10 3.11 3.12 3.13")]
    [InlineData("requests", "")]
    [InlineData("", "")]
    [InlineData(".", "")]
    public void A_module_came_and_went_with_Pythons(string module, string pythons) =>
        Assert.Equal(pythons, string.Join(' ', StandardLibrary.PythonsWith(module)));

    [Fact]
    public void Of_other_Pythons_nothing_is_known()
    {
        Assert.Null(StandardLibrary.Contains(new(3, 7), "os"));
        Assert.Null(StandardLibrary.Contains(new(3, 99), "os"));
    }

    [Fact]
    public void The_installed_Python_names_the_same_modules()
    {
        ProcessRun run = ProcessRun.Of(Requirement.Tool("python3"), ["-c", "import sys; print('%d.%d' % sys.version_info[:2], *getattr(sys, 'stdlib_module_names', ()))"]);
        string[] words = run.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.True(PythonMinor.TryParse(words[0], out PythonMinor python, out string? error), error);
        Requirement.Met(words.Length > 1 && StandardLibrary.Pythons.Contains(python), $"Python {python} does not name its modules, or is not in the table");
        Assert.All(words[1..], module => Assert.True(StandardLibrary.Contains(python, module), module));
        Assert.Equal(words[1..].Append("__main__").Append("test").Order(StringComparer.Ordinal), StandardLibraryModules.ByPython[python].Order(StringComparer.Ordinal));
    }
}
