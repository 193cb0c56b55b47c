using System.Collections.Immutable;
using CsCheck;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Tests.Python;
using Xunit;
using Spec = VPythonTools.SpecLang.Schema.Spec;

namespace VPythonTools.SpecLang.Tests.Platforms;

public sealed class PackageSelectionTests
{
    private static readonly ImmutableArray<Pep425Tag> LinuxTags = SupportedTags.Generate(Hosts.Linux());

    [Fact]
    public void Packages_are_expanded_and_sorted()
    {
        PackageSelection selection = Select(Wheel("z", "version:1"), Wheel("a/${vpython_platform}", "version:2"));

        Assert.Empty(selection.Problems);
        Assert.Equal(["a/linux-amd64_cp311_cp311 version:2 #1", "z version:1 #0"], Describe(selection));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("::manylinux1_x86_64", "", true)]
    [InlineData("cp311:cp311:linux_x86_64", "", true)]
    [InlineData("::win_amd64", "", false)]
    [InlineData("::win-amd64", "", false)]
    [InlineData("::win_amd64 cp311::", "", true)]
    [InlineData("py3:cp311:", "", false)]
    [InlineData("CP311::", "", false)]
    [InlineData("::", "", false)]
    [InlineData("", "::", true)]
    [InlineData("", "::linux_x86_64", false)]
    [InlineData("cp311::", "::win32 :abi3:", false)]
    [InlineData(":: cp311::", "", true)]
    public void Tags_filter(string match, string notMatch, bool wanted)
    {
        Spec.Types.Package package = Wheel("a", "version:1");
        package.MatchTag.AddRange(Tags(match));
        package.NotMatchTag.AddRange(Tags(notMatch));

        Assert.Equal(wanted ? 1 : 0, Select(package).Packages.Length);
    }

    [Fact]
    public void The_same_package_twice_is_one()
    {
        PackageSelection selection = Select(Wheel("a", "version:1"), Wheel("b", "version:1"), Wheel("a", "version:1"));

        Assert.Empty(selection.Problems);
        Assert.Equal(["a version:1 #0", "b version:1 #1"], Describe(selection));
    }

    [Fact]
    public void A_package_in_two_versions_contradicts_itself()
    {
        SelectionProblem problem = Assert.Single(Select(Wheel("a", "version:1"), Wheel("b", "version:1"), Wheel("a", "version:2")).Problems);

        Assert.Equal((SelectionProblemKind.ConflictingVersions, 2, 0), (problem.Kind, problem.WheelIndex, problem.EarlierWheelIndex));
        Assert.Contains("'version:1' and 'version:2'", problem.Message);
    }

    [Fact]
    public void Two_versions_for_different_hosts_do_not_contradict_each_other()
    {
        Spec.Types.Package onWindows = Wheel("a", "version:2");
        onWindows.MatchTag.AddRange(Tags("::win_amd64"));

        Assert.Equal(["a version:1 #0"], Describe(Select(Wheel("a", "version:1"), onWindows)));
    }

    [Fact]
    public void Two_templates_for_one_package_are_a_mistake()
    {
        PackageSelection selection = Select(Wheel("a/${platform}", "version:1"), Wheel("a/${os}-${arch}", "version:1"));

        SelectionProblem problem = Assert.Single(selection.Problems);
        Assert.Equal((SelectionProblemKind.DuplicateAfterExpansion, 1, 0), (problem.Kind, problem.WheelIndex, problem.EarlierWheelIndex));
        Assert.Contains("'a/linux-amd64'", problem.Message);
    }

    [Fact]
    public void A_skipped_package_is_neither_selected_nor_a_problem()
    {
        PackageSelection selection = Select(Wheel("a/${os=mac}", "not a version"));

        Assert.Empty(selection.Packages);
        Assert.Empty(selection.Problems);
    }

    [Theory]
    [InlineData("a/$os", "version:1", SelectionProblemKind.MalformedTemplate)]
    [InlineData("a/${py_version}", "version:1", SelectionProblemKind.InvalidName)]
    [InlineData("A", "version:1", SelectionProblemKind.InvalidName)]
    [InlineData("", "version:1", SelectionProblemKind.InvalidName)]
    [InlineData("a", "1.0 ", SelectionProblemKind.InvalidVersion)]
    [InlineData("a", "", SelectionProblemKind.InvalidVersion)]
    public void Mistakes_are_told_with_their_wheel(string name, string version, SelectionProblemKind kind)
    {
        SelectionProblem problem = Assert.Single(Select(Wheel("ok", "version:1"), Wheel(name, version)).Problems);

        Assert.Equal((kind, 1), (problem.Kind, problem.WheelIndex));
        Assert.NotEmpty(problem.Message);
    }

    [Fact]
    public void The_order_of_a_spec_does_not_matter() =>
        Gen.Shuffle(new[] { Wheel("c", "version:1"), Wheel("a", "version:1"), Wheel("a", "version:1"), Wheel("b/${os}", "latest"), Wheel("d/${os=mac}", "x") })
            .Sample(wheels => Select(wheels).Packages.Select(package => package with { WheelIndex = 0 })
                .SequenceEqual(Select([.. wheels.Reverse()]).Packages.Select(package => package with { WheelIndex = 0 })));

    private static PackageSelection Select(params Spec.Types.Package[] wheels)
    {
        var spec = new Spec();
        spec.Wheel.AddRange(wheels);
        return PackageSelection.Select(spec, LinuxTags, TemplateVariables.FromTag(RepresentativeTag.Choose(LinuxTags)!.Value));
    }

    private static Spec.Types.Package Wheel(string name, string version) => new() { Name = name, Version = version };

    /// <summary>Tags written as <c>python:abi:platform</c>, any part empty.</summary>
    private static IEnumerable<PEP425Tag> Tags(string text) =>
        from tag in text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let parts = tag.Split(':')
        select new PEP425Tag { Python = parts[0], Abi = parts[1], Platform = parts[2] };

    private static IEnumerable<string> Describe(PackageSelection selection) =>
        selection.Packages.Select(package => $"{package.Name} {package.Version} #{package.WheelIndex}");
}
