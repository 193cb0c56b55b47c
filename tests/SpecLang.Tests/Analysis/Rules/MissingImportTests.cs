using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages.Catalogue;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class MissingImportTests
{
    private const string Begin = "#!/usr/bin/env vpython3\n# [VPYTHON:BEGIN]\n# python_version: \"3.11\"\n";
    private const string End = "# [VPYTHON:END]\n";
    private const string Yaml = "# # import yaml\n# wheel: <\n#   name: \"infra/python/wheels/pyyaml-py3\"\n#   version: \"version:5.0\"\n# >\n";
    private const string Library = "# # via pyyaml\n# wheel: <\n#   name: \"infra/python/wheels/library-py3\"\n#   version: \"version:1.0\"\n# >\n";

    private readonly RuleTest<MissingImport> _test = new() { Path = "/src/tools/tool.py", Catalogue = Known() };

    [Fact]
    public void The_wheel_of_an_import_is_added_with_what_it_needs() => _test.Fixes(
        Begin + End + "import os, sys\nimport [|yaml|]\n",
        Begin + Yaml + Library + End + "import os, sys\nimport yaml\n",
        withUnsafe: true);

    [Fact]
    public void The_message_says_what_is_imported_and_what_brings_it()
    {
        _test.Finds(Begin + End + "import [|yaml|]\n", "'yaml', which the script imports, is in no wheel of the spec. Add 'infra/python/wheels/pyyaml-py3', such as 5.0.");
        _test.Finds(Begin + End + "import [|nothing.known|]\n", "'nothing.known', which the script imports, is in no wheel of the spec. Add the wheel that has it.");
    }

    [Fact]
    public void A_partner_is_found_at_its_beginning_with_the_line_of_the_import()
    {
        var partner = new RuleTest<MissingImport> { Path = "/src/tool.py.vpython3", Catalogue = Known(), Files = new MemoryFiles().With("/src/tool.py", "\nimport yaml\n") };
        partner.Finds("# Ours.\n[|python_version|]: \"3.11\"\n", "'yaml', which 'tool.py' imports at line 2, is in no wheel of the spec. Add 'infra/python/wheels/pyyaml-py3', such as 5.0.");
        partner.Finds("[||]# Nothing yet.\n");
    }

    [Fact]
    public void A_module_of_a_namespace_brings_its_own_wheel()
    {
        _test.Finds(
            Begin + Wheel("spaced-one-py3") + End + "from spaced import one\nfrom [|spaced|] import two\n",
            "'spaced', which the script imports, is in no wheel of the spec. Add 'infra/python/wheels/spaced-two-py3', such as 1.0.");
    }

    [Theory]
    [InlineData("import os.path, json, pip, pkg_resources")]
    [InlineData("try:\n  import yaml\nexcept ImportError:\n  yaml = None")]
    [InlineData("def late():\n  import yaml")]
    [InlineData("if True:\n  import yaml")]
    [InlineData("import sys\nsys.path.append('x')\nimport yaml")]
    [InlineData("import beside, around, package.module")]
    [InlineData("from . import yaml")]
    [InlineData("import _typeshed")]
    [InlineData("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  import _typeshed\n  import yaml")]
    [InlineData("import typing as t\nif t.TYPE_CHECKING:\n  from yaml import x\nelse:\n  x = None")]
    [InlineData("if (TYPE_CHECKING):\n  import yaml")]
    [InlineData("if not TYPE_CHECKING:\n  x = 1\nelse:\n  import yaml")]
    [InlineData("if TYPE_CHECKING and True:\n  import yaml")]
    [InlineData("from spaced import one")]
    public void Imports_that_need_no_wheel_are_not_found(string imports)
    {
        MemoryFiles files = new MemoryFiles().With("/src/tools/beside.py", "").With("/src/around.py", "").With("/src/tools/package/__init__.py", "");
        new RuleTest<MissingImport> { Path = _test.Path, Catalogue = _test.Catalogue, Files = files }.Finds(Begin + Wheel("spaced-one-py3") + End + imports + "\n");
    }

    [Theory]
    [InlineData("/src/.git/config")]
    [InlineData("/src/tools/.gclient")]
    public void What_lies_outside_the_checkout_is_not_beside(string border)
    {
        MemoryFiles files = new MemoryFiles().With(border, "").With("/yaml.py", "").With("/src/yaml/x", "").With("/src/tools/beside.py", "");
        var test = new RuleTest<MissingImport> { Path = _test.Path, Catalogue = _test.Catalogue, Files = files };
        test.Finds(Begin + End + (border.Contains("tools", StringComparison.Ordinal) ? "import [|yaml|], beside\n" : "import yaml, beside\n"));
        MemoryFiles outside = new MemoryFiles().With("/src/.git/config", "").With("/yaml.py", "").With("/yaml/x", "");
        new RuleTest<MissingImport> { Path = _test.Path, Catalogue = _test.Catalogue, Files = outside }.Finds(Begin + End + "import [|yaml|]\n");
    }

    [Fact]
    public void The_root_of_the_disk_is_beside_nothing_but_its_own_files()
    {
        MemoryFiles files = new MemoryFiles().With("/yaml/x", "");
        new RuleTest<MissingImport> { Path = _test.Path, Catalogue = _test.Catalogue, Files = files }.Finds(Begin + End + "import [|yaml|]\n");
    }

    [Fact]
    public void Where_the_modules_of_a_wheel_or_a_Python_are_not_known_nothing_is_found()
    {
        _test.Finds(Begin + Wheel("unknown-py3") + End + "import yaml\n");
        _test.Finds(Begin.Replace("3.11", "3.99", StringComparison.Ordinal) + End + "import yaml\n");
    }

    [Fact]
    public void A_common_spec_has_no_script()
    {
        Diagnostic[] found = new RuleTest<MissingImport> { Catalogue = Known(), Files = new MemoryFiles().With("/src/tool.py", "import yaml\n") }.Find("python_version: '3.11'");
        Assert.Empty(found);
    }

    private static string Wheel(string name) => $"# wheel: <name: 'infra/python/wheels/{name}' version: 'version:1.0'>\n";

    private static PackageCatalogue Known() => new SmallCatalogue()
        .Universal("pyyaml-py3", "5.0", "library").Bringing("pyyaml-py3", "5.0", "yaml", "_yaml")
        .Universal("library-py3", "1.0")
        .Universal("spaced-one-py3", "1.0").Bringing("spaced-one-py3", "1.0", "spaced.one")
        .Universal("spaced-two-py3", "1.0").Bringing("spaced-two-py3", "1.0", "spaced.two")
        .Universal("unknown-py3", "1.0")
        .Open();

    [Fact]
    public void Of_a_module_of_a_newer_or_older_Python_the_message_says_which_have_it()
    {
        Diagnostic newer = Assert.Single(Script("3.8", "import tomllib\n"));
        Assert.EndsWith(" is in no wheel of the spec. Python itself has it from 3.11 on.", newer.Message, StringComparison.Ordinal);
        Assert.Equal("warning", newer.SeverityName);
        Assert.EndsWith("Python itself has it up to 3.10.", Assert.Single(Script("3.11", "import binhex\n")).Message, StringComparison.Ordinal);
    }

    private static Diagnostic[] Script(string python, string code) =>
        new RuleTest<MissingImport> { Path = "/src/tool.py" }.Find($"# [VPYTHON:BEGIN]\n# python_version: '{python}'\n# [VPYTHON:END]\n{code}");
}
