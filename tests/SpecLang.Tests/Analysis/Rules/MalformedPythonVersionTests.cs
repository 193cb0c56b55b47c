using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class MalformedPythonVersionTests
{
    private readonly RuleTest<MalformedPythonVersion> _test = new() { Catalogue = FewPackages.Instance };

    [Theory]
    [InlineData("python3.11", "3.11")]
    [InlineData("v3.8", "3.8")]
    [InlineData(" 3.8 ", "3.8")]
    [InlineData("3.8.*", "3.8")]
    [InlineData("cp311", "3.11")]
    [InlineData("py38", "3.8")]
    public void The_version_in_the_text_is_written(string written, string mended) => _test.Fixes($"python_version: [|\"{written}\"|]", $"python_version: \"{mended}\"");

    [Theory]
    [InlineData(">=3.8")]
    [InlineData("3.8+")]
    [InlineData("^3.8")]
    [InlineData("not 3.8")]
    [InlineData("3.8 or later")]
    public void What_may_mean_others_is_mended_only_with_a_look(string written)
    {
        _test.Fixes($"python_version: [|\"{written}\"|]", "python_version: \"3.8\"", withUnsafe: true);
        Assert.Equal(FixSafety.Unsafe, Assert.Single(Assert.Single(_test.Find($"python_version: \"{written}\"")).Fixes).Safety);
    }

    [Fact]
    public void Where_there_are_two_versions_or_none_there_is_no_fix()
    {
        Assert.Empty(Assert.Single(_test.Find("python_version: \"3.8 or 3.11\"")).Fixes);
        Assert.Empty(Assert.Single(_test.Find("python_version: \"latest\"")).Fixes);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("3.11")]
    [InlineData("3.11.8")]
    [InlineData("")]
    [InlineData("../python")]
    public void Versions_nothing_and_paths_are_not_its_business(string written) => _test.Finds($"python_version: \"{written}\"");

    [Fact]
    public void The_message_says_what_to_write() => _test.Finds("python_version: [|'x'|]", "'x' is not a version of Python. Write one such as \"3.11\".");
}
