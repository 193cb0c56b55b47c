using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class ConflictAfterExpansionTests
{
    private readonly RuleTest<ConflictAfterExpansion> _test = new() { Catalogue = FewPackages.Instance };

    private const string Template = "wheel: <name: 'a/${vpython_platform}' version: 'version:1'>";

    [Fact]
    public void The_one_with_the_platform_written_out_is_removed() => _test.Fixes(
        $"python_version: '3.8'\n{Template}\nwheel: <name: [|'a/linux-amd64_cp38_cp38'|] version: 'version:1'>\n",
        $"python_version: '3.8'\n{Template}\n",
        withUnsafe: true);

    [Fact]
    public void The_message_names_the_platforms() => _test.Finds(
        $"{Template}\nwheel: <name: [|'a/linux-amd64_cp38_cp38'|] version: 'version:2'>",
        "On manylinux-x64-py3.8 this is the same package as 'a/${vpython_platform}' at line 1. Remove one of the two, or tell them apart by their tags.");

    [Fact]
    public void Other_platforms_and_tags_are_not_found() => _test.Finds($"python_version: '3.8' {Template} wheel: <name: 'a/linux-amd64_cp311_cp311' version: 'version:2'> wheel: <name: 'a/linux-amd64_cp38_cp38' version: 'version:2' match_tag: <platform: 'win32'>>");
}
