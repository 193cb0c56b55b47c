using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Tests.Analysis;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages.Catalogue;

public sealed class PackageCatalogueTests
{
    private static readonly PackageCatalogue Catalogue = Open(
        """
        catalogue	1	2026-01-31	for tests
        package	infra/python/wheels/psutil/${vpython_platform}
        version	version:5.8.0.chromium.3	40	mac-arm64-py3.8 manylinux-x64-py3.11 manylinux-x64-py3.8
        version	version:5.8.0.chromium.2	3	manylinux-x64-py3.8
        version	version:5.10.0	1	-
        package	infra/python/wheels/click-py3
        version	version:8.0.0	2	all
        package	infra/python/wheels/click-py2_py3
        version	version:7.0	9	all
        package	infra/python/wheels/clock-py3
        version	version:1.0	100	all
        package	infra/python/wheels/protobuf-py3
        version	version:3.20.0	7	all
        package	infra/python/wheels/ruamel_yaml-py3
        version	version:0.16.0	0	all
        distribution	click
        metadata	8.1.0	complete	Debian x	>=3.7	Commands
        requires	colorama; platform_system == "Windows"
        modules	click
        metadata	7.0	partial	Debian y		Commands
        modules	click
        distribution	odd
        metadata	1.0	complete	made up
        requires	not a requirement
        distribution	protobuf
        metadata	3.20.0	complete	Debian x		Messages
        modules	google.protobuf
        distribution	googleapis-common-protos
        metadata	1.56	complete	Debian x		Messages
        requires	protobuf>=3.15
        modules	google.api google.logging
        """);

    [Fact]
    public void Packages_are_found_by_the_name_that_a_spec_writes()
    {
        CataloguePackage package = Catalogue.FindPackage("infra/python/wheels/psutil/${vpython_platform}")!;
        Assert.Equal(["version:5.10.0", "version:5.8.0.chromium.3", "version:5.8.0.chromium.2"], package.Versions.Select(version => version.Version.Text));
        Assert.Equal(44, package.Uses);
        Assert.Equal(WheelPackageForm.Platform, package.ParsedName.Form);
        Assert.Null(Catalogue.FindPackage("infra/python/wheels/psutil"));
        Assert.Null(Catalogue.FindPackage(""));
        Assert.Null(Catalogue.FindPackage("zzz"));
    }

    [Theory]
    [InlineData("infra/python/wheels/psutil/linux-amd64_cp38_cp38", true)]
    [InlineData("infra/python/wheels/psutil/${platform}_${py_python}_${py_abi}", true)]
    [InlineData("infra/python/wheels/psutil-py3", false)]
    public void A_name_for_one_platform_stands_for_the_package_with_the_template(string name, bool isFound)
    {
        Assert.True(WheelPackageName.TryParse(name, out WheelPackageName? parsed));
        Assert.Equal(isFound, Catalogue.FindPackageOf(parsed) is not null);
    }

    [Fact]
    public void The_packages_of_one_distribution_belong_together()
    {
        CatalogueDistribution click = Catalogue.FindDistribution(Name("Click"))!;
        Assert.Equal(["infra/python/wheels/click-py2_py3", "infra/python/wheels/click-py3"], click.Packages.Select(package => package.Name));
        Assert.Equal("click", Catalogue.FindPackage("infra/python/wheels/click-py3")!.Distribution.Name.Value);
        Assert.Equal("ruamel-yaml", Catalogue.FindPackage("infra/python/wheels/ruamel_yaml-py3")!.Distribution.Name.Value);
        Assert.Empty(Catalogue.FindDistribution(Name("googleapis.common.protos"))!.Packages);
        Assert.Null(Catalogue.FindDistribution(Name("nothing")));
    }

    [Fact]
    public void A_version_has_builds_for_some_platforms_or_all_or_nobody_knows()
    {
        CataloguePackage psutil = Catalogue.FindPackage("infra/python/wheels/psutil/${vpython_platform}")!;
        BuildAvailability some = psutil.FindVersion("version:5.8.0.chromium.2")!.Availability;
        Assert.Equal(["manylinux-x64-py3.8"], some.Platforms);
        Assert.Equal([false, true], new[] { "mac-arm64-py3.8", "manylinux-x64-py3.8" }.Select(name => some.Covers(name)));
        Assert.False(some.Covers(PlatformTable.Default.Find("manylinux-x64-py3.11")!));
        Assert.Null(some.Covers("manylinux-x64-py3.13"));
        BuildAvailability unknown = psutil.FindVersion("version:5.10.0")!.Availability;
        Assert.False(unknown.IsKnown);
        Assert.Null(unknown.Covers("manylinux-x64-py3.8"));
        BuildAvailability all = Catalogue.FindPackage("infra/python/wheels/clock-py3")!.Versions[0].Availability;
        Assert.True(all.IsUniversal);
        Assert.True(all.Covers("manylinux-x64-py3.13"));
        Assert.False(default(BuildAvailability).IsKnown);
        Assert.Empty(default(BuildAvailability).Platforms);
    }

    [Fact]
    public void A_version_that_there_is_not_has_near_ones()
    {
        CataloguePackage psutil = Catalogue.FindPackage("infra/python/wheels/psutil/${vpython_platform}")!;
        Assert.Null(psutil.FindVersion("version:5.8.0"));
        Assert.Equal(["version:5.8.0.chromium.3", "version:5.8.0.chromium.2"], psutil.NearestVersions("version:5.8.0", 2).Select(version => version.Version.Text));
        Assert.Equal(3, psutil.NearestVersions("latest").Length);
    }

    [Theory]
    [InlineData("2.31.0", "2.26.0 2.25.1 2.10.0")]
    [InlineData("2.9", "2.10.0 2.25.1 2.26.0")]
    [InlineData("2.25.3", "2.25.1 2.26.0 2.10.0")]
    [InlineData("3.0", "2.26.0 2.25.1 2.10.0")]
    [InlineData("1", "2.10.0 2.25.1 2.26.0")]
    [InlineData("2.10", "2.10.0 2.25.1 2.26.0")]
    public void Near_is_what_is_near_in_the_order_of_versions(string wanted, string nearest)
    {
        PackageCatalogue known = new SmallCatalogue().Universal("requests-py3", "2.10.0").Universal("requests-py3", "2.25.1").Universal("requests-py3", "2.26.0").Open();
        Assert.Equal(nearest.Split(' '), known.FindPackage("infra/python/wheels/requests-py3")!.NearestVersions("version:" + wanted).Select(static version => version.Version.Number));
    }

    [Theory]
    [InlineData("infra/python/wheels/click", "infra/python/wheels/click-py3")]
    [InlineData("infra/python/wheels/clikc-py3", "infra/python/wheels/click-py3")]
    [InlineData("infra/python/wheels/psutil-py3", "infra/python/wheels/psutil/${vpython_platform}")]
    [InlineData("infra/python/wheels/ruamel.yaml-py3", "infra/python/wheels/ruamel_yaml-py3")]
    [InlineData("infra/python/wheels/something-else-py3", null)]
    [InlineData("${platform}", null)]
    public void A_name_that_there_is_not_has_near_ones(string name, string? nearest) =>
        Assert.Equal(nearest, Catalogue.NearestPackages(name).FirstOrDefault()?.Name);

    [Theory]
    [InlineData("click", "click")]
    [InlineData("click.core", "click")]
    [InlineData("google.protobuf.text_format", "protobuf")]
    [InlineData("google.api", "googleapis-common-protos")]
    [InlineData("google", "protobuf googleapis-common-protos")]
    [InlineData("google.cloud", "")]
    [InlineData("goog", "")]
    [InlineData("", "")]
    [InlineData("os", "")]
    public void Modules_lead_to_distributions(string module, string distributions) =>
        Assert.Equal(distributions, string.Join(' ', Catalogue.FindModule(module)));

    [Theory]
    [InlineData("version:8.1.0", "8.1.0", true)]
    [InlineData("version:8.1.0.chromium.1", "8.1.0", true)]
    [InlineData("version:8.2.0", "8.1.0", false)]
    [InlineData("version:8.0.0", "7.0", false)]
    [InlineData("version:6.0", "7.0", false)]
    [InlineData("latest", "8.1.0", false)]
    public void Knowledge_is_of_the_version_or_of_one_that_is_near(string version, string known, bool isExact)
    {
        MetadataMatch match = Catalogue.FindDistribution(Name("click"))!.FindMetadata(WheelVersion.Parse(version))!;
        Assert.Equal((known, isExact), (match.Metadata.Version, match.IsExact));
    }

    [Fact]
    public void What_is_needed_may_be_known_in_part_only()
    {
        CatalogueDistribution click = Catalogue.FindDistribution(Name("click"))!;
        Assert.False(click.FindMetadata(WheelVersion.Parse("version:7.0"))!.Metadata.RequirementsAreComplete);
        MetadataMatch complete = click.FindCompleteMetadata(WheelVersion.Parse("version:7.0"))!;
        Assert.Equal(("8.1.0", false), (complete.Metadata.Version, complete.IsExact));
        Assert.Equal("colorama", Assert.Single(complete.Metadata.Requirements).Name.Value);
        Assert.Null(Catalogue.FindDistribution(Name("odd"))!.FindCompleteMetadata(WheelVersion.Parse("version:1.0")));
        Assert.Null(Catalogue.FindDistribution(Name("clock"))!.FindMetadata(WheelVersion.Parse("version:1.0")));
    }

    [Fact]
    public void A_version_says_whether_it_brings_a_module()
    {
        DistributionMetadata protos = Catalogue.FindDistribution(Name("googleapis-common-protos"))!.Metadata[0];
        Assert.Equal([true, true, false, false], new[] { "google.api.http_pb2", "google", "google.protobuf", "googl" }.Select(module => protos.Provides(module)));
        Assert.Null(Catalogue.FindDistribution(Name("odd"))!.Metadata[0].Provides("odd"));
    }

    [Fact]
    public void A_catalogue_says_what_it_was_made_from()
    {
        Assert.Equal(("for tests", new DateOnly(2026, 1, 31)), (Catalogue.Description, Catalogue.Date));
        Assert.Equal((6, 8, 7, 5, 4), (Catalogue.PackageCount, Catalogue.VersionCount, Catalogue.DistributionCount, Catalogue.MetadataCount, Catalogue.ModuleCount));
        Assert.Equal(["mac-arm64-py3.8", "manylinux-x64-py3.11", "manylinux-x64-py3.8"], Catalogue.Platforms);
    }

    private static PackageCatalogue Open(string text)
    {
        // Editors that trim lines would take the empty fields at their ends.
        string whole = string.Join('\n', text.Split('\n').Select(line => line.StartsWith("metadata", StringComparison.Ordinal) && line.Split('\t').Length == 4 ? line + "\t\t" : line));
        Assert.True(CatalogueText.TryParse(whole, out CatalogueBuilder? builder, out CatalogueFault? fault), $"line {fault?.Line}: {fault?.Reason}");
        Assert.True(PackageCatalogue.TryOpen(builder.Build(), out PackageCatalogue? catalogue, out fault), fault?.Reason);
        return catalogue;
    }

    private static DistributionName Name(string text) => DistributionName.TryParse(text, out DistributionName name, out string? error) ? name : throw new ArgumentException(error);
}
