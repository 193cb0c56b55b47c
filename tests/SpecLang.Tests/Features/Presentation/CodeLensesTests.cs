using VPythonTools.SpecLang.Features.Presentation;
using VPythonTools.SpecLang.Tests.Analysis;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Presentation;

public sealed class CodeLensesTests
{
    private const string Embedded = "#!/usr/bin/env vpython3\n# [VPYTHON:BEGIN]\n# wheel: <name: \"infra/python/wheels/six-py2_py3\" version: \"version:1.10.0\">\n# [VPYTHON:END]\n";

    private static readonly MemoryWorkspace _workspace = new()
    {
        Files = new MemoryFiles().With("/r/.vpython3", "").With("/r/own.py", Embedded).With("/r/partnered.py", Embedded).With("/r/partnered.py.vpython3", "").With("/r/sub/plain.py", ""),
    };

    [Theory]
    [InlineData("/r/own.py", Embedded, "spec of this script | environment not built | run | install | 1 upgrade available")]
    [InlineData("/r/partnered.py", Embedded, "not used: partnered.py.vpython3 wins | environment not built | run | install")]
    [InlineData("/r/partnered.py.vpython3", "", "spec of partnered.py | environment not built | run | install")]
    [InlineData("/r/gone.py.vpython3", "", "no script: 'gone.py' is not there | environment not built | install")]
    [InlineData("/r/.vpython3", "", "spec of the scripts here and below that have no other | environment not built | install")]
    [InlineData("/r/sub/plain.py", "#!/usr/bin/env vpython3\n", "spec: ../.vpython3 | environment not built | run | install")]
    [InlineData("/r/sub/plain.py", "#!/usr/bin/env python3\n", "")]
    [InlineData("Untitled-1.py", Embedded, "no spec")]
    public void What_applies_stands_above_specs_and_scripts(string path, string text, string expected) =>
        Assert.Equal(expected, string.Join(" | ", CodeLenses.Of(MarkedSpec.Analyze(text, path, _workspace), EnvironmentState.NotBuilt).Select(static lens => lens.Title)));

    [Theory]
    [InlineData(EnvironmentState.Ready, "environment ready", false)]
    [InlineData(EnvironmentState.NotBuilt, "environment not built", true)]
    [InlineData(EnvironmentState.Unknown, "environment unknown", true)]
    [InlineData(null, null, true)]
    public void The_environment_is_told_as_far_as_it_is_known(EnvironmentState? state, string? title, bool canInstall)
    {
        CodeLens[] lenses = [.. CodeLenses.Of(MarkedSpec.Analyze(Embedded, "/r/own.py", _workspace), state)];
        Assert.Equal(title, lenses.SingleOrDefault(static lens => lens.Action == CodeLensAction.ShowEnvironment)?.Title);
        Assert.Equal(canInstall, lenses.Any(static lens => lens.Action == CodeLensAction.InstallEnvironment));
    }

    [Fact]
    public void Lenses_stand_above_the_guard_and_upgrades_write_the_versions()
    {
        var spec = MarkedSpec.Parse("", Embedded.Replace("[VPYTHON:BEGIN]", "[|[VPYTHON:BEGIN]|]", StringComparison.Ordinal), "/r/own.py", _workspace);
        CodeLens[] lenses = [.. CodeLenses.Of(spec.Analysis, null)];
        Assert.All(lenses, lens => Assert.Equal(Assert.Single(spec.Spans), lens.Span));
        CodeLens upgrade = lenses.Single(static lens => lens.Action == CodeLensAction.UpgradeWheels);
        Assert.Contains("version:1.16.0", spec.Text.WithChanges(upgrade.Changes).ToString(), StringComparison.Ordinal);
        Assert.Equal("/r/own.py", lenses.Single(static lens => lens.Action == CodeLensAction.Run).Target);
    }

    [Fact]
    public void Lenses_of_any_text_lie_in_it() => BrokenTexts.Check(static (spec, random) =>
        Assert.All(CodeLenses.Of(spec, (EnvironmentState)random.Next(3)), lens => Assert.True(lens.Title.Length > 0 && new TextSpan(0, spec.Text.Length).Contains(lens.Span))));
}
