using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class RepeatedVerifyTagTests
{
    private readonly RuleTest<RepeatedVerifyTag> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_second_one_is_removed_from_a_list_and_a_line() => _test.Fixes(
        "verify_pep425_tag: [{python: 'cp38'}, [|{python: 'cp38'}|], {python: 'cp311'}]\nverify_pep425_tag: [|<python: 'cp311'>|]\n", "verify_pep425_tag: [{python: 'cp38'}, {python: 'cp311'}]\n");

    [Fact]
    public void The_message_says_where_the_first_one_is() => _test.Finds("\nverify_pep425_tag: <abi: 'a'>\nverify_pep425_tag: [|<abi: 'a'>|]", "This tag stands at line 2 already. Remove one of the two.");

    [Fact]
    public void Other_tags_are_not_found() => _test.Finds("verify_pep425_tag: <python: 'cp38' abi: 'cp38'> verify_pep425_tag: <python: 'cp38'>");
}
