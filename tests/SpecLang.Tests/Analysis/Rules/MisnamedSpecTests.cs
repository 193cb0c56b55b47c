using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class MisnamedSpecTests
{
    [Theory]
    [InlineData("/src/tool.vpython3", "'vpython3' never looks for 'tool.vpython3'. Rename it to 'tool.py.vpython3' for it to be the spec of 'tool.py'.")]
    [InlineData("/src/.vpython3.txt", "'vpython3' never looks for '.vpython3.txt'. Rename it to '.vpython3'.")]
    [InlineData("/src/tool.py.vpython3.TXT", "'vpython3' never looks for 'tool.py.vpython3.TXT'. Rename it to 'tool.py.vpython3'.")]
    [InlineData("/src/.VPython3", "'vpython3' never looks for '.VPython3'. Rename it to '.vpython3'.")]
    [InlineData("/src/Tool.py.vpython3", "'vpython3' never looks for 'Tool.py.vpython3'. Rename it to 'tool.py.vpython3' for it to be the spec of 'tool.py'.")]
    public void Names_that_are_not_looked_for_are_found(string path, string message)
    {
        Rule(path).Finds("# Ours.\n[|python_version|]: '3.11'", message);
        Rule(path).Finds("[||]", message);
    }

    [Theory]
    [InlineData("/src/.vpython3")]
    [InlineData("/src/tool.py.vpython3")]
    [InlineData("/src/other.vpython3")]
    [InlineData("/src/package.vpython3")]
    [InlineData("/src/tool")]
    [InlineData("/src/.vpython")]
    [InlineData("/src/spec.txtpb")]
    public void Names_that_are_looked_for_and_those_of_explicit_specs_are_not(string path) => Rule(path).Finds("python_version: '3.11'");

    private static RuleTest<MisnamedSpec> Rule(string path) =>
        new() { Path = path, Files = new MemoryFiles().With("/src/tool.py", "").With("/src/package/__init__.py", "").With("/src/package.py", "") };
}
