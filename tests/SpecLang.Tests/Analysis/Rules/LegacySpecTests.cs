using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class LegacySpecTests
{
    [Theory]
    [InlineData("/src/.vpython", "'vpython3' reads '.vpython3' and never this file. Remove it, unless something with Python 2 is still run with it.")]
    [InlineData("/src/tool.py.vpython", "'vpython3' reads 'tool.py.vpython3' and never this file. Remove it, unless something with Python 2 is still run with it.")]
    public void A_spec_of_vpython_beside_one_of_vpython3_is_found(string path, string message) => Rule(path).Finds("[|python_version|]: '2.7'", message);

    [Theory]
    [InlineData("/src/.vpython3")]
    [InlineData("/src/other.py.vpython")]
    [InlineData("/elsewhere/.vpython")]
    public void One_that_stands_alone_is_not(string path) => Rule(path).Finds("python_version: '2.7'");

    private static RuleTest<LegacySpec> Rule(string path) => new() { Path = path, Files = new MemoryFiles().With("/src/.vpython3", "").With("/src/tool.py.vpython3", "") };
}
