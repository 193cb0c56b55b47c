using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class ShadowedPartnerSpecTests
{
    [Fact]
    public void The_partner_of_a_link_keeps_the_other_away() => Rule("/lib/tool.py.vpython3", "python_version: '3.8'").Finds(
        "[|python_version|]: '3.11'",
        "'tool.py' is a link, and run by this name its script gets this spec instead of '/lib/tool.py.vpython3'. Remove this one, unless they are to differ.");

    [Fact]
    public void The_same_text_twice_does_no_harm() => Rule("/lib/tool.py.vpython3", "python_version: '3.11'").Finds("python_version: '3.11'");

    [Fact]
    public void Without_another_partner_there_is_nothing_to_keep_away() => Rule("/lib/other.py.vpython3", "").Finds("python_version: '3.11'");

    [Fact]
    public void A_spec_that_is_the_same_file_is_not_another_one()
    {
        MemoryFiles files = new MemoryFiles().With("/lib/tool.py", "").With("/lib/tool.py.vpython3", "python_version: '3.8'");
        files.Links.Add("/src/tool.py", "/lib/tool.py");
        files.Links.Add("/src/tool.py.vpython3", "/lib/tool.py.vpython3");
        new RuleTest<ShadowedPartnerSpec> { Path = "/src/tool.py.vpython3", Files = files }.Finds("python_version: '3.11'");
    }

    [Fact]
    public void A_script_that_is_no_link_has_one_partner() =>
        new RuleTest<ShadowedPartnerSpec> { Path = "/src/tool.py.vpython3", Files = new MemoryFiles().With("/src/tool.py", "").With("/src/tool.py.vpython3", "x") }.Finds("python_version: '3.11'");

    private static RuleTest<ShadowedPartnerSpec> Rule(string otherPath, string otherText)
    {
        MemoryFiles files = new MemoryFiles().With("/lib/tool.py", "").With(otherPath, otherText);
        files.Links.Add("/src/tool.py", "/lib/tool.py");
        return new() { Path = "/src/tool.py.vpython3", Files = files };
    }
}
