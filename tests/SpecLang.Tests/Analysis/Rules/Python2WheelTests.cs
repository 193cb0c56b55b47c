using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class Python2WheelTests
{
    private readonly RuleTest<Python2Wheel> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_package_for_Python_3_with_this_version_is_written() => _test.Fixes(
        "python_version: '3.8' wheel: <name: [|'infra/python/wheels/requests-py2'|] version: 'version:2.13.0'>",
        "python_version: '3.8' wheel: <name: \"infra/python/wheels/requests-py2_py3\" version: 'version:2.13.0'>",
        withUnsafe: true);

    [Fact]
    public void The_message_says_what_there_is() => _test.Finds(
        "wheel: <name: [|'infra/python/wheels/enum34-py2'|]>",
        "'infra/python/wheels/enum34-py2' is for Python 2, and vpython3 runs Python 3. Remove it, or find one for Python 3.");

    [Fact]
    public void It_is_information_where_the_spec_does_not_say_which_Python_it_is_for()
    {
        Assert.Equal("info", _test.Find("wheel: <name: 'a-py2'>")[0].SeverityName);
        Assert.Equal("warning", _test.Find("python_version: '3.8' wheel: <name: 'a-py2'>")[0].SeverityName);
    }

    [Fact]
    public void Python_2_tags_and_other_suffixes_are_not_found()
    {
        _test.Finds("python_version: '2.7' wheel: <name: 'a-py2'>");
        _test.Finds("wheel: <name: 'a-py2' match_tag: <python: 'cp27'>> wheel: <name: 'a-py2_py3'> wheel: <name: 'a'>");
        new RuleTest<Python2Wheel> { Path = "/src/.vpython" }.Finds("wheel: <name: 'a-py2'>");
    }
}
