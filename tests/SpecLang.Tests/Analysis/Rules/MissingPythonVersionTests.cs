using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class MissingPythonVersionTests
{
    private readonly RuleTest<MissingPythonVersion> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_newest_for_which_all_wheels_are_built_is_written_below_what_the_file_begins_with() => _test.Fixes(
        """
        # Copyright

        # For the tests.
        wheel: <
          name: [|"infra/python/wheels/psutil/${vpython_platform}"|]
          version: "version:5.8.0.chromium.3"
        >
        """,
        """
        # Copyright

        python_version: "3.11"

        # For the tests.
        wheel: <
          name: "infra/python/wheels/psutil/${vpython_platform}"
          version: "version:5.8.0.chromium.3"
        >
        """,
        withUnsafe: true);

    [Fact]
    public void The_Python_of_the_verify_tags_is_written() => _test.Fixes(
        "# This file is ...\nwheel: <name: [|'infra/python/wheels/psutil/${vpython_platform}'|]>\nverify_pep425_tag: <python: 'cp38' abi: 'cp38' platform: 'win32'>\n",
        "# This file is ...\npython_version: \"3.8\"\n\nwheel: <name: 'infra/python/wheels/psutil/${vpython_platform}'>\nverify_pep425_tag: <python: 'cp38' abi: 'cp38' platform: 'win32'>\n",
        withUnsafe: true);

    [Fact]
    public void It_is_written_within_a_script() => new RuleTest<MissingPythonVersion> { Path = "/src/tool.py" }.Fixes(
        "x = 1\r\n# [VPYTHON:BEGIN]\r\n# wheel: <name: [|'infra/python/wheels/psutil/${vpython_platform}'|]>\r\n# [VPYTHON:END]\r\n",
        "x = 1\r\n# [VPYTHON:BEGIN]\r\n# python_version: \"3.11\"\r\n#\r\n# wheel: <name: 'infra/python/wheels/psutil/${vpython_platform}'>\r\n# [VPYTHON:END]\r\n",
        withUnsafe: true);

    [Fact]
    public void The_message_names_the_wheel() => _test.Finds(
        "wheel: <name: [|'a/${vpython_platform}'|]>\nwheel: <name: 'b/${vpython_platform}'>",
        "'a/${vpython_platform}' is built for each Python, and the spec does not say for which. Write 'python_version: \"3.11\"', or the one that the scripts are tested with.");

    [Fact]
    public void Universal_wheels_a_version_and_the_former_tool_are_no_finding()
    {
        _test.Finds("wheel: <name: 'infra/python/wheels/six-py2_py3'>");
        _test.Finds("python_version: '3.8' wheel: <name: 'a/${vpython_platform}'>");
        _test.Finds("python_version: '' wheel: <name: 'a/${vpython_platform}'>");
        new RuleTest<MissingPythonVersion> { Path = "/src/.vpython" }.Finds("wheel: <name: 'a/${vpython_platform}'>");
    }
}
