using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class IncompleteVerifyTagTests
{
    private readonly RuleTest<IncompleteVerifyTag> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_message_names_what_is_missing() => _test.Finds(
        "verify_pep425_tag: [|<python: 'cp38' platform: 'win32'>|] verify_pep425_tag: [|<abi: '' python: 'cp38'>|]",
        "A tag to verify needs all three parts, and this has no abi. Add it.",
        "A tag to verify needs all three parts, and this has no abi and no platform. Add it.");

    [Fact]
    public void Whole_tags_are_not_found() => _test.Finds("verify_pep425_tag: <python: 'cp38' abi: 'cp38' platform: 'win32'>");
}
