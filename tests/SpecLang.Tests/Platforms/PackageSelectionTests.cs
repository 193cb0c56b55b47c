using System.Collections.Immutable;
using CsCheck;
using VPythonTools.SpecLang.Packages;
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

    [Theory]
    [InlineData("a/linux-amd64", "a/${platform}")]
    [InlineData("a/b/${platform}", "a/${os=linux}/x", "a/b/linux-amd64")]
    [InlineData("a/${py_python}/linux-amd64", "a/cp311/${platform}")]
    [InlineData("linux-amd64", "${platform}")]
    [InlineData("a-${platform}", "a-linux-amd64")]
    [InlineData("a/${os}/${arch}", "a/linux/amd64")]
    public void A_name_that_is_written_out_and_one_that_a_template_becomes_are_the_same(params string[] names)
    {
        SelectionProblem problem = Assert.Single(Select([.. names.Select(static name => Wheel(name, "version:1"))]).Problems);
        Assert.Equal((SelectionProblemKind.DuplicateAfterExpansion, names.Length - 1, 0), (problem.Kind, problem.WheelIndex, problem.EarlierWheelIndex));
    }

    [Fact]
    public void Packages_are_those_that_each_template_becomes_by_itself()
    {
        var variables = TemplateVariables.FromTag(RepresentativeTag.Choose(LinuxTags)!.Value);
        string[] parts = ["a", "b", "${os}", "${platform}", "${arch}", "${os=mac}", "${os=linux}", "linux", "amd64", "linux-amd64", "B", "..", "${nothing}", "a-${arch}"];
        Gen<string> part = Gen.Int[0, parts.Length - 1].Select(index => parts[index]);
        Gen.Select(part, part, part).Select(static name => string.Join('/', name.Item1, name.Item2, name.Item3)).List[0, 12].Sample(names =>
        {
            PackageSelection selection = Select([.. names.Select(static name => Wheel(name, "version:1"))]);
            var seen = new HashSet<string>();
            var expected = new List<string>();
            foreach ((int index, string name) in names.Index().DistinctBy(static pair => pair.Item))
            {
                Assert.True(PackageTemplate.TryParse(name, out PackageTemplate? template, out _));
                if (template.Expand(variables) is TemplateExpansion.Expanded { Name.Value: var expanded } && seen.Add(expanded)) expected.Add($"{expanded} #{index}");
            }
            Assert.Equal(expected, selection.PackagesInOrder.Select(static package => $"{package.Name} #{package.WheelIndex}"));
            Assert.Equal(selection.WheelIndexes, selection.PackagesInOrder.Select(static package => package.WheelIndex));
        });
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
