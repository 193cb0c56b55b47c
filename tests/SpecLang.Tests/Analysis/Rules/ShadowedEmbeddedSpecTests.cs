using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class ShadowedEmbeddedSpecTests
{
    private const string Script = "# [|[VPYTHON:BEGIN]|]\n# python_version: '3.11'\n# [VPYTHON:END]\n";

    [Fact]
    public void A_partner_beside_the_script_wins() => Rule(new MemoryFiles().With("/src/tool.py.vpython3", "")).Finds(
        Script,
        "This spec has no effect, because 'vpython3' finds 'tool.py.vpython3' beside the script first. Remove one of the two.");

    [Fact]
    public void So_does_one_beside_what_a_link_leads_to()
    {
        MemoryFiles files = new MemoryFiles().With("/lib/real.py", "").With("/lib/real.py.vpython3", "");
        files.Links.Add("/src/tool.py", "/lib/real.py");
        Rule(files).Finds(Script, "This spec has no effect, because 'vpython3' finds 'real.py.vpython3' beside the script first. Remove one of the two.");
    }

    [Fact]
    public void Without_a_partner_it_has_its_effect() =>
        Rule(new MemoryFiles().With("/src/.vpython3", "").With("/src/tool.vpython3", "")).Finds(Script.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));

    private static RuleTest<ShadowedEmbeddedSpec> Rule(MemoryFiles files) => new() { Path = "/src/tool.py", Files = files };
}
