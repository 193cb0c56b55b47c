using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Python;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands;

/// <summary>The verbs around what wheels need, on a catalogue of their own: app needs libx>=2, libx needs core; speed is built for two platforms, and needs core on Windows.</summary>
public sealed class DependencyCommandTests : IDisposable
{
    private const string Python = "python_version: \"3.11\"\n";
    private const string Platforms = "linux-arm64-py3.11 mac-arm64-py3.11 manylinux-x64-py3.11 windows-x64-py3.11";

    private readonly CommandSandbox _sandbox = new();

    public DependencyCommandTests()
    {
        var catalogue = new CatalogueBuilder { Description = "test" };
        Universal(catalogue, "app", "1.0", ["libx>=2"], ["app"]);
        Universal(catalogue, "app", "2.0", ["libx>=2", "extra"], ["app"]);
        Universal(catalogue, "libx", "1.0", [], ["libx"]);
        Universal(catalogue, "libx", "2.1", ["core"], ["libx"]);
        Universal(catalogue, "core", "5.0", [], ["core"]);
        Universal(catalogue, "extra", "3.0", [], ["extra"]);
        catalogue.SetAvailability("w/web-py3", "version:1.0", isUniversal: true, []);
        Universal(catalogue, "web", "2.0", ["mark>=2"], ["web"]);
        Universal(catalogue, "mark", "1.0", [], ["mark"]);
        Universal(catalogue, "mark", "2.0", [], ["mark"]);
        Universal(catalogue, "holder", "1.0", ["mark<2"], ["holder"]);
        Universal(catalogue, "lonely", "1.0", [], ["lonely"]);
        Universal(catalogue, "lonely", "2.0", ["nowhere"], ["lonely"]);
        catalogue.SetAvailability("w/speed/${vpython_platform}", "version:1.0", isUniversal: false, ["manylinux-x64-py3.11", "windows-x64-py3.11"]);
        catalogue.SetAvailability("w/everywhere/${vpython_platform}", "version:1.0", isUniversal: false, Platforms.Split(' '));
        catalogue.SetMetadata(Name("speed"), new("1.0", "test") { SourceHasAllRequirements = true, RequirementTexts = ["core; sys_platform == \"win32\""], Modules = ["speed"] });
        File.WriteAllBytes(_sandbox.Combine("test.catalogue"), catalogue.Build());
        _sandbox.Environment["VPYTHON_CATALOGUE"] = _sandbox.Combine("test.catalogue");
        _sandbox.Write(".editorconfig", $"root = true\n[*]\nvpython_platforms = {string.Join(", ", Platforms.Split(' '))}\n");
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Add_brings_a_wheel_and_what_it_needs()
    {
        _sandbox.Write(".vpython3", Python + "# the end\n");
        ProcessRun run = _sandbox.Run("add", "app==1.0");
        Assert.Equal((0, "", "added w/app-py3 version:1.0\nadded w/core-py3 version:5.0 (via libx)\nadded w/libx-py3 version:2.1 (via app)\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(Python + Wheel("app", "1.0") + "# via libx\n" + Wheel("core", "5.0") + "# via app\n" + Wheel("libx", "2.1") + "# the end\n", _sandbox.Read(".vpython3"));
        Assert.Equal(0, _sandbox.Run("lint", "--select", "VPY26", "--severity", "info").ExitCode);
    }

    [Fact]
    public void Add_takes_the_newest_version_and_the_file_of_a_script()
    {
        _sandbox.Write("tool.py", "# [VPYTHON:BEGIN]\r\n# " + Python.TrimEnd() + "\r\n# [VPYTHON:END]\r\nimport libx\r\n");
        ProcessRun run = _sandbox.Run("add", "libx", "tool.py");
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            ("# [VPYTHON:BEGIN]\n" + Prefixed(Python + Wheel("libx", "2.1") + "# via libx\n" + Wheel("core", "5.0")) + "# [VPYTHON:END]\nimport libx\n").ReplaceLineEndings("\r\n"),
            _sandbox.Read("tool.py"));
    }

    [Fact]
    public void Add_with_diff_changes_nothing()
    {
        _sandbox.Write(".vpython3", Python);
        ProcessRun run = _sandbox.Run("add", "--diff", "core");
        Assert.Equal((0, "--- .vpython3\n+++ .vpython3\n@@ -1,1 +1,5 @@\n python_version: \"3.11\"\n+wheel: <\n+  name: \"w/core-py3\"\n+  version: \"version:5.0\"\n+>\n"), (run.ExitCode, run.Output));
        Assert.Equal(Python, _sandbox.Read(".vpython3"));
    }

    [Theory]
    [InlineData("VPY3506", "add", "core")]
    [InlineData("VPY3507", "add", "aap")]
    [InlineData("VPY3507", "add", "libx==9.9")]
    [InlineData("VPY3005", "add", "-x-")]
    [InlineData("VPY3508", "remove", "libx")]
    [InlineData("VPY3508", "upgrade-wheels", "libx")]
    [InlineData("VPY3006", "tree", "missing.py")]
    [InlineData("VPY3006", "add", "core", "missing.vpython3")]
    [InlineData("VPY3006", "add", "sub/missing.py")]
    [InlineData("VPY3006", "remove", "core", "missing.py.vpython3")]
    [InlineData("VPY3006", "upgrade-wheels", "missing.vpython3")]
    [InlineData("VPY3509", "init")]
    [InlineData("VPY3003", "init", "missing.py")]
    public void What_cannot_be_done_is_two_and_changes_nothing(string code, params string[] arguments)
    {
        string text = Python + Wheel("core", "5.0");
        _sandbox.Write(".vpython3", text);
        ProcessRun run = _sandbox.Run(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"[{code}]", run.Error, StringComparison.Ordinal);
        Assert.Equal(text, _sandbox.Read(".vpython3"));
    }

    [Fact]
    public void A_broken_spec_is_mended_first()
    {
        _sandbox.Write(".vpython3", Python + "wheel: <\n  nam: \"x\"\n>\n");
        foreach (string[] arguments in (string[][])[["add", "core"], ["remove", "core"], ["upgrade-wheels"], ["tree"], ["why", "core"], ["matrix"]])
        {
            ProcessRun run = _sandbox.Run(arguments);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains("[VPY1201]", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Remove_takes_what_was_there_only_for_it()
    {
        _sandbox.Write(".vpython3", Python + "# we like it\n" + Wheel("app", "1.0") + "# via libx, other\n" + Wheel("core", "5.0") + "# via app\n" + Wheel("libx", "2.1") + "# the end\n");
        ProcessRun run = _sandbox.Run("remove", "app");
        Assert.Equal((0, "", "removed w/app-py3 version:1.0\nremoved w/libx-py3 version:2.1\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(Python + "# via libx, other\n" + Wheel("core", "5.0") + "# the end\n", _sandbox.Read(".vpython3"));
    }

    [Fact]
    public void Remove_tells_who_needs_it_still()
    {
        _sandbox.Write(".vpython3", Python + Wheel("libx", "2.1") + Wheel("core", "5.0"));
        ProcessRun run = _sandbox.Run("remove", "core");
        Assert.Equal((0, "removed w/core-py3 version:5.0\nnote: libx needs core\n"), (run.ExitCode, run.Error));
        Assert.Equal(Python + Wheel("libx", "2.1"), _sandbox.Read(".vpython3"));
    }

    [Fact]
    public void Elements_of_a_list_are_removed_with_their_commas()
    {
        _sandbox.Write(".vpython3", Python + "wheel: [\n  { name: \"w/app-py3\" version: \"version:1.0\" },\n  { name: \"w/libx-py3\" version: \"version:2.1\" },\n  { name: \"w/core-py3\" version: \"version:5.0\" }\n]\n");
        Assert.Equal(0, _sandbox.Run("remove", "app", "libx", ".vpython3").ExitCode);
        Assert.Equal(Python + "wheel: [\n  { name: \"w/core-py3\" version: \"version:5.0\" }\n]\n", _sandbox.Read(".vpython3"));
        Assert.Equal(0, _sandbox.Run("remove", "core").ExitCode);
        Assert.Equal(Python, _sandbox.Read(".vpython3"));
    }

    [Fact]
    public void Upgrade_brings_newer_versions_and_what_they_need()
    {
        _sandbox.Write(".vpython3", Python + Wheel("app", "1.0") + Wheel("core", "5.0") + Wheel("libx", "2.1"));
        ProcessRun run = _sandbox.Run("upgrade-wheels");
        Assert.Equal((0, "", "w/app-py3 version:1.0 -> version:2.0\nadded w/extra-py3 version:3.0 (via app)\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Contains(Wheel("app", "2.0"), _sandbox.Read(".vpython3"), StringComparison.Ordinal);
        Assert.Contains("# via app\n" + Wheel("extra", "3.0"), _sandbox.Read(".vpython3"), StringComparison.Ordinal);
        Assert.Equal("nothing newer is known\n", _sandbox.Run("upgrade-wheels").Error);
    }

    [Fact]
    public void Upgrade_can_be_told_which()
    {
        string text = Python + Wheel("app", "1.0") + Wheel("libx", "1.0");
        _sandbox.Write("x.vpython3", text);
        ProcessRun run = _sandbox.Run("upgrade-wheels", "libx", "x.vpython3");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("w/libx-py3 version:1.0 -> version:2.1\n", run.Error, StringComparison.Ordinal);
        Assert.Contains(Wheel("app", "1.0"), _sandbox.Read("x.vpython3"), StringComparison.Ordinal);
    }

    [Fact]
    public void Upgrade_adds_what_was_only_guessed_to_be_needed_before()
    {
        // Of the version 1 of the web package nothing is known, so that of 2 says what it may need: a guess, until 2 it is.
        _sandbox.Write(".vpython3", Python + Wheel("web", "1.0"));
        ProcessRun run = _sandbox.Run("upgrade-wheels");
        Assert.Equal((0, "w/web-py3 version:1.0 -> version:2.0\nadded w/mark-py3 version:2.0 (via web)\n"), (run.ExitCode, run.Error));
        Assert.Equal(0, _sandbox.Run("lint", "--select", "VPY26").ExitCode);
    }

    [Fact]
    public void Upgrade_raises_what_the_newer_version_refuses()
    {
        _sandbox.Write(".vpython3", Python + Wheel("mark", "1.0") + Wheel("web", "1.0"));
        ProcessRun run = _sandbox.Run("upgrade-wheels", "web", ".vpython3");
        Assert.Equal((0, "w/mark-py3 version:1.0 -> version:2.0\nw/web-py3 version:1.0 -> version:2.0\n"), (run.ExitCode, run.Error));
        Assert.Equal(0, _sandbox.Run("lint", "--select", "VPY26").ExitCode);
    }

    [Fact]
    public void Upgrade_leaves_a_wheel_alone_that_would_break_the_spec()
    {
        string text = Python + Wheel("holder", "1.0") + Wheel("mark", "1.0") + Wheel("web", "1.0") + Wheel("lonely", "1.0");
        _sandbox.Write(".vpython3", text);
        ProcessRun run = _sandbox.Run("upgrade-wheels");
        Assert.Equal(
            (0, "note: w/web-py3 stays at 1.0: web 2.0 needs mark>=2, and that is 1.0\nnote: w/lonely-py3 stays at 1.0: lonely 2.0 needs nowhere, of which the catalogue has none that suits\n"),
            (run.ExitCode, run.Error));
        Assert.Equal(text, _sandbox.Read(".vpython3"));
    }

    [Fact]
    public void Add_brings_what_only_another_version_is_known_to_need_as_init_does()
    {
        _sandbox.Write(".vpython3", Python);
        ProcessRun run = _sandbox.Run("add", "web==1.0");
        Assert.Equal(
            (0, "added w/web-py3 version:1.0\nadded w/mark-py3 version:2.0 (via web (as of 2.0))\nnote: web 2.0 needs mark; whether 1.0 does is not known\n"),
            (run.ExitCode, run.Error));
        Assert.Contains("# via web (as of 2.0)\n" + Wheel("mark", "2.0"), _sandbox.Read(".vpython3"), StringComparison.Ordinal);
        Assert.Equal("removed w/web-py3 version:1.0\nremoved w/mark-py3 version:2.0\n", _sandbox.Run("remove", "web").Error);
    }

    [Fact]
    public void Init_makes_a_spec_of_what_a_script_imports()
    {
        _sandbox.Write("tool.py", "import os\nimport libx\nimport beside\nimport nobody_has_it\ntry:\n  import app\nexcept ImportError:\n  pass\n");
        _sandbox.Write("beside.py", "");
        ProcessRun run = _sandbox.Run("init", "tool.py");
        Assert.Equal(0, run.ExitCode);
        string spec = _sandbox.Read("tool.py.vpython3");
        Assert.StartsWith(Python, spec, StringComparison.Ordinal);
        Assert.Contains(Wheel("libx", "2.1"), spec, StringComparison.Ordinal);
        Assert.Contains("# via libx\n" + Wheel("core", "5.0"), spec, StringComparison.Ordinal);
        Assert.DoesNotContain("app", spec, StringComparison.Ordinal);
        Assert.Contains("made tool.py.vpython3 with 2 wheels\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("nobody_has_it", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("beside", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Init_without_a_script_makes_an_empty_spec()
    {
        ProcessRun run = _sandbox.Run("init", "--python", "3.8", "--diff");
        Assert.Equal((0, "--- .vpython3\n+++ .vpython3\n@@ -0,0 +1,1 @@\n+python_version: \"3.8\"\n"), (run.ExitCode, run.Output));
        Assert.False(File.Exists(_sandbox.Combine(".vpython3")));
        Assert.Equal(0, _sandbox.Run("init").ExitCode);
        Assert.Equal(Python, _sandbox.Read(".vpython3"));
    }

    [Fact]
    public void Tree_shows_what_needs_what()
    {
        _sandbox.Write(".vpython3", Python + Wheel("app", "1.0") + Wheel("libx", "2.1"));
        ProcessRun run = _sandbox.Run("tree");
        Assert.Equal((0, "app 1.0\n└── libx 2.1 (>=2)\n    └── core missing\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public void Tree_differs_by_platform_where_needs_do()
    {
        _sandbox.Write(".vpython3", Python + "wheel: <\n  name: \"w/speed/${vpython_platform}\"\n  version: \"version:1.0\"\n>\n" + Wheel("core", "5.0"));
        string output = _sandbox.Run("tree").Output;
        Assert.Contains("windows-x64-py3.11:\nspeed 1.0\n└── core 5.0\n", output, StringComparison.Ordinal);
        Assert.Contains("linux-arm64-py3.11, mac-arm64-py3.11, manylinux-x64-py3.11:\nspeed 1.0\ncore 5.0\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_tells_who_needs_a_wheel_and_who_imports_it()
    {
        _sandbox.Write("tool.py", "import core\n");
        _sandbox.Write("tool.py.vpython3", Python + Wheel("app", "1.0") + Wheel("libx", "2.1") + Wheel("core", "5.0"));
        ProcessRun run = _sandbox.Run("why", "core", "tool.py.vpython3");
        Assert.Equal(
            (0, "tool.py.vpython3:11:9: w/core-py3 version:5.0\n  needed by libx <- app: core\n  imported by tool.py:1:8: import core\n", ""),
            (run.ExitCode, run.Output, run.Error));
        run = _sandbox.Run("why", "app", "tool.py");
        Assert.Equal((1, "tool.py.vpython3:3:9: w/app-py3 version:1.0\n  nothing is known to need it\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void Matrix_marks_holes_and_what_tags_leave_out()
    {
        _sandbox.Write(".vpython3", Python + Wheel("core", "5.0") + "wheel: <\n  name: \"w/speed/${vpython_platform}\"\n  version: \"version:1.0\"\n  not_match_tag: <\n    platform: \"macosx_11_0_arm64\"\n  >\n>\n" + Wheel("unknown", "1.0"));
        ProcessRun run = _sandbox.Run("matrix");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            """
            Python 3.11       linux-arm64  mac-arm64  manylinux-x64  windows-x64
            core         5.0  yes          yes        yes            yes
            speed        1.0  HOLE         -          yes            yes
            unknown      1.0  ?            ?          ?              ?

            """,
            run.Output);
    }

    private static string Wheel(string name, string version) => $"wheel: <\n  name: \"w/{name}-py3\"\n  version: \"version:{version}\"\n>\n";

    private static string Prefixed(string text) => string.Concat(text.TrimEnd('\n').Split('\n').Select(static line => $"# {line}\n"));

    private static DistributionName Name(string text) => DistributionName.TryParse(text, out DistributionName name, out string? error) ? name : throw new InvalidOperationException(error);

    private static void Universal(CatalogueBuilder catalogue, string name, string version, string[] needs, string[] modules)
    {
        catalogue.SetAvailability($"w/{name}-py3", $"version:{version}", isUniversal: true, []);
        catalogue.SetMetadata(Name(name), new(version, "test") { SourceHasAllRequirements = true, RequirementTexts = [.. needs], Modules = [.. modules] });
    }
}
