using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class PackagingEpochTests
{
    private readonly RuleTest<PackagingEpoch> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_plain_version_is_written_where_it_is_known() => _test.Fixes(
        "wheel: <name: 'infra/python/wheels/six-py2_py3' version: [|'version:2@1.15.0'|]>", "wheel: <name: 'infra/python/wheels/six-py2_py3' version: \"version:1.15.0\">", withUnsafe: true);

    [Fact]
    public void The_message_says_what_to_write() => _test.Finds("wheel: <name: 'a' version: [|'version:2@1.0'|]>", "Wheels are tagged without '2@'. Write 'version:1.0', unless this package is tagged so.");

    [Fact]
    public void Without_a_known_version_there_is_no_fix() => Assert.Empty(_test.Find("wheel: <name: 'a' version: 'version:2@1.0'>")[0].Fixes);

    [Fact]
    public void Plain_versions_and_other_signs_are_not_found() => _test.Finds("wheel: <name: 'a' version: 'version:1.0'> wheel: <name: 'a' version: 'version:x@1.0'>");
}
