using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Tests.Analysis;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages.Dependencies;

public sealed class DependencyClosureTests
{
    private static readonly ImmutableArray<SupportedPlatform> Python311 = PlatformTable.Default.WithPython(new(3, 11));

    private readonly SmallCatalogue _catalogue = new();

    [Fact]
    public void What_is_missing_is_found_with_all_that_it_needs_itself()
    {
        _catalogue.Universal("a-py3", "1.0", "b>=2").Universal("b-py3", "2.0", "c").Universal("b-py3", "1.0").Universal("c-py3", "3.0");

        DependencyClosure closure = Compute("a-py3 1.0");

        Assert.Equal(["b 2.0 via a", "c 3.0 via b"], closure.Missing.Select(Describe));
        Assert.Equal(["a needs b>=2", "b needs c"], closure.Needs.Select(static need => $"{need.By.Distribution} needs {need.Requirement}"));
        Assert.Equal([NeedCertainty.Exact, NeedCertainty.Guess], closure.Missing.Select(static missing => missing.Certainty));
    }

    [Fact]
    public void What_is_there_is_not_missing()
    {
        _catalogue.Universal("a-py3", "1.0", "b>=2").Universal("b-py3", "1.0");
        DependencyClosure closure = Compute("a-py3 1.0", "b-py3 1.0");

        Assert.Empty(closure.Missing);
        WheelNeed need = Assert.Single(closure.NeedsOf(Name("b")));
        Assert.Equal(Python311, need.Platforms);
        Assert.Empty(need.MissingOn);
        Assert.False(need.Admits(Assert.Single(need.MetBy).Version));
    }

    [Fact]
    public void Markers_are_judged_on_each_platform()
    {
        _catalogue.Universal("a-py3", "1.0", "b; sys_platform == 'win32'", "c; python_version < '3.9'", "d; platform_release > '5'").Universal("b-py3", "1.0");
        MissingDistribution missing = Assert.Single(Compute("a-py3 1.0").Missing);

        Assert.Equal("b", missing.Name.Value);
        Assert.Equal(["windows-x64-py3.11", "windows-x86-py3.11"], missing.Platforms.Select(static platform => platform.Name));
    }

    [Fact]
    public void Extras_count_where_they_are_asked_for()
    {
        _catalogue.Universal("a-py3", "1.0", "b[fast]", "c; extra == 'all'").Universal("b-py3", "1.0", "d; extra == 'fast'", "e; extra == 'slow'");

        Assert.Equal(["d ? via b"], Compute("a-py3 1.0", "b-py3 1.0").Missing.Select(Describe));
    }

    [Fact]
    public void A_late_need_changes_an_earlier_choice()
    {
        _catalogue.Universal("a-py3", "1.0", "b", "c").Universal("b-py3", "2.0").Universal("b-py3", "1.0").Universal("c-py3", "1.0", "b<2");

        Assert.Equal(["b 1.0 via a, c", "c 1.0 via a"], Compute("a-py3 1.0").Missing.Select(Describe));
    }

    [Fact]
    public void Wheels_that_need_each_other_come_to_an_end()
    {
        _catalogue.Universal("a-py3", "1.0", "b").Universal("b-py3", "2.0", "a", "c").Universal("b-py3", "1.0", "a").Universal("c-py3", "1.0", "b<2");

        // b 2.0 brings c, which does not want it; b 1.0 does not need c.
        Assert.Equal("b", Compute("a-py3 1.0").Missing[0].Name.Value);
    }

    [Fact]
    public void Requirements_of_another_version_are_uncertain_and_do_not_bind_the_choice()
    {
        _catalogue.Universal("a-py3", "1.0", "b==1").Universal("b-py3", "2.0");
        DependencyClosure closure = Compute("a-py3 7.0");

        MissingDistribution missing = Assert.Single(closure.Missing);
        Assert.Equal(NeedCertainty.Guess, missing.Certainty);
        Assert.Equal("b 2.0 via a", Describe(missing));
    }

    [Theory]
    [InlineData("1.0", NeedCertainty.Exact)]
    [InlineData("1.0.7", NeedCertainty.Likely)]
    [InlineData("1.5", NeedCertainty.Likely)]
    [InlineData("0.9", NeedCertainty.Guess)]
    [InlineData("3.1", NeedCertainty.Guess)]
    public void A_need_of_the_same_minor_release_or_of_versions_on_both_sides_is_likely(string version, NeedCertainty expected)
    {
        _catalogue.Universal("a-py3", "1.0", "b", "c").Universal("a-py3", "2.0", "b").Universal("b-py3", "1.0");

        Assert.Equal(expected, Compute("a-py3 " + version).Missing.Single(static missing => missing.Name.Value == "b").Certainty);
    }

    [Fact]
    public void What_no_version_meets_has_no_choice()
    {
        _catalogue.Universal("a-py3", "1.0", "b==1").Universal("b-py3", "2.0");

        Assert.Equal(["b ? via a"], Compute("a-py3 1.0").Missing.Select(Describe));
    }

    [Fact]
    public void A_version_for_all_platforms_is_better_than_a_newer_one()
    {
        _catalogue.Universal("a-py3", "1.0", "b");
        _catalogue.Built("b/${vpython_platform}", "1.0", [.. Python311.Select(static platform => platform.Name)]).Built("b/${vpython_platform}", "2.0", "manylinux-x64-py3.11");

        Assert.Equal(["b 1.0 via a"], Compute("a-py3 1.0").Missing.Select(Describe));
    }

    [Fact]
    public void Wheels_of_another_Python_are_not_chosen()
    {
        _catalogue.Universal("a-py3", "1.0", "b", "c").Universal("b-py2", "9.0").Universal("b-py2_py3", "1.0").Universal("c-py3", "2.0").Universal("c-py3", "1.0");
        _catalogue.RequiresPython("c", "2.0", ">=3.12").RequiresPython("c", "1.0", ">=3.11.4");

        Assert.Equal(["b 1.0 via a", "c 1.0 via a"], Compute("a-py3 1.0").Missing.Select(Describe));
    }

    [Fact]
    public void What_tags_keep_away_is_missing_there_and_no_other_wheel_is_added()
    {
        _catalogue.Universal("a-py3", "1.0", "b").Universal("b-py3", "2.0").Universal("b-py3", "1.0", "c");
        ClosureWheel onLinux = Wheel("b-py3 1.0") with { Platforms = [.. Python311.Where(static platform => platform.Name.Contains("linux", StringComparison.Ordinal))] };

        DependencyClosure closure = DependencyClosure.Compute(_catalogue.Open(), Wheel("a-py3 1.0"), onLinux);

        MissingDistribution missing = closure.Missing[0];
        Assert.True(missing.IsThereElsewhere);
        Assert.Equal(["mac-arm64-py3.11", "mac-x64-py3.11", "windows-x64-py3.11", "windows-x86-py3.11"], missing.Platforms.Select(static platform => platform.Name));
        Assert.Equal(["version:1.0"], closure.Added.Select(static wheel => wheel.Version.Text));
    }

    [Fact]
    public void Pip_and_setuptools_are_in_every_environment()
    {
        _catalogue.Universal("a-py3", "1.0", "setuptools", "pip>=99", "wheel");

        Assert.Empty(Compute("a-py3 1.0").Missing);
    }

    private static ClosureWheel Wheel(string text)
    {
        string[] parts = text.Split(' ');
        string name = WheelPackageName.UsualPrefix + parts[0];
        Assert.True(WheelPackageName.TryParse(name, out WheelPackageName? parsed));
        return new(name, parsed.Distribution, WheelVersion.Parse("version:" + parts[1]), Python311, 0);
    }

    private static DistributionName Name(string text) => DistributionName.TryParse(text, out DistributionName name, out _) ? name : throw new ArgumentException(text);

    private static string Describe(MissingDistribution missing) => $"{missing.Name} {missing.Choice?.Version.Version.Number ?? "?"} via {string.Join(", ", missing.Via)}";

    private DependencyClosure Compute(params string[] wheels) => DependencyClosure.Compute(_catalogue.Open(), [.. wheels.Select(Wheel)]);
}
