using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class InexactPythonTests
{
    private readonly RuleTest<InexactPython> _test = new() { Catalogue = FewPackages.Instance };

    [Theory]
    [InlineData("3.11.8", "3.11")]
    [InlineData("3.8.2", "3.8")]
    [InlineData("3", "3.11")]
    public void Major_and_minor_are_written(string written, string mended) => _test.Fixes($"python_version: [|\"{written}\"|]", $"python_version: \"{mended}\"", withUnsafe: true);

    [Fact]
    public void The_message_says_what_there_is() => _test.Finds("python_version: [|\"3\"|]", "The Go vpython3 finds its Pythons by major and minor version, and has none for '3'. Write '3.8' or '3.11'.");

    [Theory]
    [InlineData("3.11")]
    [InlineData("3.6.1")]
    [InlineData("x")]
    [InlineData("")]
    public void Others_are_not_its_business(string written) => _test.Finds($"python_version: \"{written}\"");
}
