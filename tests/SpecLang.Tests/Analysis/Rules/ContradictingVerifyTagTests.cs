using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class ContradictingVerifyTagTests
{
    private readonly RuleTest<ContradictingVerifyTag> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void Python_and_ABI_are_written() => _test.Fixes(
        "python_version: '3.11' verify_pep425_tag: <python: [|'cp38'|] abi: 'cp38' platform: 'win32'>", "python_version: '3.11' verify_pep425_tag: <python: \"cp311\" abi: \"cp311\" platform: 'win32'>", withUnsafe: true);

    [Fact]
    public void The_message_names_what_contradicts() => _test.Finds(
        "python_version: '3.11' verify_pep425_tag: <python: 'cp311' abi: [|'cp38'|]> verify_pep425_tag: <python: [|'cp312'|]>",
        "The spec runs with Python 3.11, and this verifies it for the ABI 'cp38'. Write 'cp311', or remove the tag.",
        "The spec runs with Python 3.11, and this verifies it for the Python 'cp312'. Write 'cp311', or remove the tag.");

    [Theory]
    [InlineData("3.8", "cp38", "cp38")]
    [InlineData("3.8", "py3", "none")]
    [InlineData("3.8", "cp38", "abi3")]
    [InlineData("2.7", "cp27", "cp27mu")]
    [InlineData("3", "cp38", "cp38")]
    [InlineData("", "cp38", "cp38")]
    public void What_agrees_and_what_says_nothing_is_not_found(string version, string python, string abi) => _test.Finds($"python_version: '{version}' verify_pep425_tag: <python: '{python}' abi: '{abi}' platform: 'win32'>");
}
