using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class HardCodedPlatformTests
{
    private readonly RuleTest<HardCodedPlatform> _test = new() { Catalogue = FewPackages.Instance };

    private const string Wheel = "name: [|'infra/python/wheels/lxml/linux-amd64_cp38_cp38'|]";

    [Fact]
    public void The_template_is_written() => _test.Fixes($"python_version: '3.8' wheel: <{Wheel}>", "python_version: '3.8' wheel: <name: \"infra/python/wheels/lxml/${vpython_platform}\">", withUnsafe: true);

    [Fact]
    public void It_is_a_warning_where_the_spec_names_another_platform()
    {
        const string Text = "python_version: '3.8' verify_pep425_tag: <python: 'cp38' abi: 'cp38' platform: 'win32'> wheel: <name: 'infra/python/wheels/lxml/linux-amd64_cp38_cp38'>";
        Assert.Equal("warning", _test.Find(Text)[0].SeverityName);
        Assert.Equal("This is the build for 'linux-amd64_cp38_cp38' alone, and would be installed on windows-x86-py3.8, too. Write '${vpython_platform}' in its place, or add a 'match_tag'.", _test.Find(Text)[0].Message);
    }

    [Fact]
    public void Where_tags_or_the_spec_leave_that_platform_alone_there_is_nothing_to_find()
    {
        _test.Finds($"python_version: '3.8' wheel: <{Wheel} match_tag: <platform: 'manylinux1_x86_64'>>".Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
        _test.Finds("python_version: '3.8' verify_pep425_tag: <python: 'cp38' abi: 'cp38' platform: 'manylinux1_x86_64'> wheel: <name: 'infra/python/wheels/lxml/linux-amd64_cp38_cp38'>");
        _test.Finds("python_version: '3.8' wheel: <name: 'infra/python/wheels/lxml/${vpython_platform}'> wheel: <name: 'infra/python/wheels/lxml/other'>");
    }
}
