using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class UnsupportedPythonTests
{
    private readonly RuleTest<UnsupportedPython> _test = new() { Catalogue = FewPackages.Instance };

    [Theory]
    [InlineData("3.6", "3.8")]
    [InlineData("3.9", "3.11")]
    [InlineData("3.14", "3.11")]
    [InlineData("4", "3.11")]
    public void The_next_newer_one_is_written_or_the_newest(string written, string mended) => _test.Fixes($"python_version: [|\"{written}\"|]", $"python_version: \"{mended}\"", withUnsafe: true);

    [Fact]
    public void What_platforms_have_and_Python_2_are_not_found()
    {
        _test.Finds("python_version: \"3.8\"");
        _test.Finds("python_version: \"3\"");
        _test.Finds("python_version: \"2.7\"");
        _test.Finds("");
    }

    [Fact]
    public void Settings_say_what_platforms_have() => new RuleTest<UnsupportedPython> { Settings = { ["vpython_pythons"] = "3.12" } }.Finds("python_version: [|\"3.11\"|]", "No supported platform has Python 3.11. Ask for '3.12'.");
}
