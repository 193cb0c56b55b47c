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

    [Theory]
    [InlineData("38", "3.8")]
    [InlineData("311", "3.11")]
    public void A_number_as_in_tags_is_what_it_says_there(string written, string mended)
    {
        _test.Fixes($"python_version: [|\"{written}\"|]", $"python_version: \"{mended}\"");
        _test.Finds($"python_version: [|\"{written}\"|]", $"No supported platform has Python {written}. Ask for '{mended}'.");
    }

    [Theory]
    [InlineData("39", "3.11")]
    [InlineData("27", "3.8")]
    public void A_number_as_in_tags_of_what_is_not_offered_is_the_next_newer_one(string written, string mended) =>
        _test.Fixes($"python_version: [|\"{written}\"|]", $"python_version: \"{mended}\"", withUnsafe: true);

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
