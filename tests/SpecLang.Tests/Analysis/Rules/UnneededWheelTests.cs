using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Packages.Catalogue;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class UnneededWheelTests
{
    private const string Begin = "# [VPYTHON:BEGIN]\n# python_version: \"3.11\"\n";
    private const string End = "# [VPYTHON:END]\n";

    private readonly RuleTest<UnneededWheel> _test = new() { Path = "/src/tool.py", Catalogue = Known() };

    [Fact]
    public void A_wheel_that_nothing_needs_is_removed() => _test.Fixes(
        Begin + "# wheel: <name: 'infra/python/wheels/used-py3' version: 'version:1.0'>\n# wheel: <name: [|'infra/python/wheels/idle-py3'|] version: 'version:1.0'>\n" + End + "import os\nimport used\n",
        Begin + "# wheel: <name: 'infra/python/wheels/used-py3' version: 'version:1.0'>\n" + End + "import os\nimport used\n",
        withUnsafe: true);

    [Fact]
    public void The_message_says_what_was_looked_at() => _test.Finds(
        Begin + "# wheel: <name: [|'infra/python/wheels/idle-py3'|] version: 'version:1.0'>\n" + End + "import os\n",
        "The script does not import anything of 'infra/python/wheels/idle-py3', and no other wheel needs it. Remove it, if nothing else does.");

    [Theory]
    [InlineData("idle-py3", "import used, idle")]
    [InlineData("idle-py3", "import used, used\ntry:\n  import idle\nexcept ImportError: pass")]
    [InlineData("idle-py3", "import used, os\nload('idle')")]
    [InlineData("idle-py3", "import used, os, beside")]
    [InlineData("idle-py3", "import used, subprocess")]
    [InlineData("idle-py3", "import used, sys\nsys.path.insert(0, 'x')")]
    [InlineData("idle-py3", "print('no import at all')")]
    [InlineData("needed-py3", "import used")]
    [InlineData("used-plugin-py3", "import used")]
    [InlineData("unknown-py3", "import used")]
    [InlineData("nowhere-py3", "import used")]
    public void What_may_be_needed_is_not_found(string name, string script) => _test.Finds(
        Begin + $"# wheel: <name: 'infra/python/wheels/used-py3' version: 'version:1.0'>\n# wheel: <name: 'infra/python/wheels/{name}' version: 'version:1.0'>\n" + End
            + script + "\n");

    [Theory]
    [InlineData("1.0.3", 1)]
    [InlineData("1.1", 0)]
    public void What_another_minor_release_needs_is_not_known(string version, int count) => Assert.Equal(count, _test.Find(
        Begin + $"# wheel: <name: 'infra/python/wheels/used-py3' version: 'version:{version}'>\n# wheel: <name: 'infra/python/wheels/idle-py3' version: 'version:1.0'>\n" + End + "import used\n").Length);

    [Fact]
    public void A_common_spec_is_needed_by_nobody_knows_whom() =>
        new RuleTest<UnneededWheel> { Catalogue = Known() }.Finds("wheel: <name: 'infra/python/wheels/idle-py3' version: 'version:1.0'>");

    [Fact]
    public void The_script_of_a_partner_is_looked_at() =>
        new RuleTest<UnneededWheel> { Path = "/src/tool.py.vpython3", Catalogue = Known(), Files = new MemoryFiles().With("/src/tool.py", "import used\n") }.Finds(
            "wheel: <name: [|'infra/python/wheels/idle-py3'|] version: 'version:1.0'> wheel: <name: 'infra/python/wheels/used-py3' version: 'version:1.0'>");

    private static PackageCatalogue Known() => new SmallCatalogue()
        .Universal("used-py3", "1.0", "needed; sys_platform == 'win32'").Bringing("used-py3", "1.0", "used")
        .Universal("idle-py3", "1.0").Bringing("idle-py3", "1.0", "idle")
        .Universal("needed-py3", "1.0").Bringing("needed-py3", "1.0", "needed")
        .Universal("used-plugin-py3", "1.0").Bringing("used-plugin-py3", "1.0", "plugin")
        .Universal("unknown-py3", "1.0")
        .Open();
}
