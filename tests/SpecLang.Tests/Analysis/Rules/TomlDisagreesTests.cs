using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class TomlDisagreesTests
{
    private const string Spec = "python_version: '3.11'\nwheel: <name: 'infra/python/wheels/pyyaml/${vpython_platform}' version: 'version:5.4.1.chromium.1'>\n";

    [Fact]
    public void What_only_the_other_has_is_found_at_the_beginning() => Rule("dependencies = ['six==1.16.0', \"colorama==1; sys_platform == 'win32'\"]").Finds(
        "[|python_version|]: '3.11'",
        "'six' is missing here and ==1.16.0 in 'vpython.toml'. Make both the same.");

    [Fact]
    public void The_message_says_what_each_of_them_asks_for()
    {
        Rule("requires-python = '>=3.8,<3.9'").Finds("python_version: [|'3.11'|]", "'python_version' is 3.11 here and >=3.8,<3.9 in 'vpython.toml'. Make both the same.");
        Rule("dependencies = ['pyyaml==6.0']").Finds(
            Spec.Replace("'version:5.4.1.chromium.1'", "[|'version:5.4.1.chromium.1'|]", StringComparison.Ordinal),
            "'pyyaml' is 5.4.1.chromium.1 here and ==6.0 in 'vpython.toml'. Make both the same.");
        Rule("dependencies = []").Finds(
            Spec.Replace("'infra/python/wheels/pyyaml/${vpython_platform}'", "[|'infra/python/wheels/pyyaml/${vpython_platform}'|]", StringComparison.Ordinal),
            "'pyyaml' is 5.4.1.chromium.1 here and missing in 'vpython.toml'. Make both the same.");
    }

    [Theory]
    [InlineData("requires-python = '>=3.11,<3.12'\ndependencies = ['pyyaml==5.4.1+chromium.1',]")]
    [InlineData("Requires-Python = '>=3.8'\nDEPENDENCIES = ['PyYAML>=5']")]
    [InlineData("dependencies = ['pyyaml == 5.4.1', \"six; python_version < '3'\"]")]
    [InlineData("dependencies = ['pyyaml @ https://example.test/x.whl']")]
    [InlineData("dependencies = [1, 'not a requirement!']")]
    [InlineData("[tool]\ndependencies = ['six==1']")]
    [InlineData("")]
    public void What_agrees_or_cannot_be_read_is_not_found(string toml) => Rule(toml).Finds(Spec);

    [Fact]
    public void What_is_no_TOML_is_told_with_its_place()
    {
        string message = Assert.Single(Rule("dependencies = []\nnonsense\n").Find(Spec)).Message;
        Assert.StartsWith("'vpython.toml' beside this spec is no TOML: line 2, column ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wanted_in_no_version_is_said_to_be_wanted() =>
        Rule("dependencies = ['six']").Finds("[|python_version|]: '3.11'", "'six' is missing here and wanted in 'vpython.toml'. Make both the same.");

    [Fact]
    public void Only_a_common_spec_has_a_counterpart() =>
        new RuleTest<TomlDisagrees> { Path = "/src/tool.py.vpython3", Files = new MemoryFiles().With("/src/vpython.toml", "dependencies = []") }.Finds(Spec);

    [Fact]
    public void A_file_that_is_too_long_is_not_read() =>
        Rule("dependencies = []\n#" + new string('x', SpecLang.Documents.TomlSpec.MaximumLength)).Finds(Spec);

    private static RuleTest<TomlDisagrees> Rule(string toml) => new() { Files = new MemoryFiles().With("/src/vpython.toml", toml) };
}
