using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class InvalidVersionTests
{
    private readonly RuleTest<InvalidVersion> _test = new() { Catalogue = FewPackages.Instance };

    [Theory]
    [InlineData("version: 1.15.0", "version:1.15.0")]
    [InlineData(" version:1.15.0", "version:1.15.0")]
    [InlineData("Version:1.15.0", "version:1.15.0")]
    [InlineData("==1.15.0", "version:1.15.0")]
    [InlineData("1.15.0+local", "version:1.15.0+local")]
    public void The_version_in_the_text_is_written(string written, string mended) => _test.Fixes($"wheel: <name: 'a' version: [|'{written}'|]>", $"wheel: <name: 'a' version: \"{mended}\">");

    [Fact]
    public void The_newest_known_one_is_added_where_there_is_none() => _test.Fixes(
        "wheel: [|<|]\n  name: 'infra/python/wheels/requests-py2_py3'\n>\n",
        "wheel: <\n  name: 'infra/python/wheels/requests-py2_py3'\n  version: \"version:2.31.0\"\n>\n",
        withUnsafe: true);

    [Fact]
    public void The_message_says_what_is_wrong_and_what_to_write() => _test.Finds(
        "wheel: [|<|] name: 'a' > wheel: < name: 'a' version: [|''|] > wheel: <name: 'a' version: [|'version:1.ö'|]>",
        "The wheel has no version. Write one such as \"version:1.0\".",
        "The wheel has no version. Write one such as \"version:1.0\".",
        "The value of the tag 'version:1.ö' has 'ö', which no tag may have. Versions are written \"version:1.0\".");

    [Fact]
    public void Tags_refs_and_instance_IDs_are_versions() => _test.Finds(
        "wheel: <name: 'a' version: 'version:1.0'> wheel: <name: 'a' version: 'latest'> wheel: <name: 'a' version: 'BZZ2lpKxOuUSSlCxtVkcaX705fzRPCLN3hqFrDrKUu4C'> wheel: <name: 'a' version: 'git_revision:abc'>");
}
