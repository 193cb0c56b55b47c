using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages.Catalogue;

public sealed class WheelListTests
{
    private const string Section = """
        ## **Brotli**

        ### 1.0.9

        ```protobuf
        wheel: <
          name: "infra/python/wheels/brotli/${vpython_platform}"
          version: "version:1.0.9"
        >
        ```


        * *mac-arm64-py3.8*
        * *windows-x86-py3.11*
        * custom patches: x

        """;

    [Fact]
    public void Versions_have_the_platforms_of_the_list_behind_them()
    {
        PackageCatalogue catalogue = Read("# Preamble\n* [link][x]\n" + Section + Section.Replace("1.0.9", "1.1", StringComparison.Ordinal).Replace("* *mac-arm64-py3.8*", "* *universal*", StringComparison.Ordinal));
        CataloguePackage package = catalogue.FindPackage("infra/python/wheels/brotli/${vpython_platform}")!;
        Assert.Equal(["version:1.1", "version:1.0.9"], package.Versions.Select(version => version.Version.Text));
        Assert.True(package.Versions[0].Availability.IsUniversal);
        Assert.Equal(["mac-arm64-py3.8", "windows-x86-py3.11"], package.Versions[1].Availability.Platforms);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_may_end_in_any_way(string end) =>
        Assert.Equal(1, Read(Section.ReplaceLineEndings(end)).VersionCount);

    [Fact]
    public void What_is_known_besides_stays()
    {
        var builder = new CatalogueBuilder();
        Assert.Null(builder.SetUses("infra/python/wheels/brotli/${vpython_platform}", "version:1.0.9", 7));
        Assert.Null(builder.SetAvailability("infra/python/wheels/brotli/${vpython_platform}", "version:1.0.9", isUniversal: false, "mac-x64-py3.8"));
        Assert.Null(builder.AddVersion("infra/python/wheels/other-py3", "version:1"));
        Assert.Null(WheelList.Read(Section, builder, out _));
        Assert.True(PackageCatalogue.TryOpen(builder.Build(), out PackageCatalogue? catalogue, out _));
        CatalogueVersion version = catalogue.FindPackage("infra/python/wheels/brotli/${vpython_platform}")!.Versions[0];
        Assert.Equal(7, version.Uses);
        Assert.False(version.Availability.Covers("mac-x64-py3.8"));
        Assert.NotNull(catalogue.FindPackage("infra/python/wheels/other-py3"));
    }

    [Theory]
    [InlineData("", 0, "no wheels")]
    [InlineData("# Wheel List", 0, "no wheels")]
    [InlineData("x\n```\nwheel: <\n", 2, "has no end")]
    [InlineData("x\n```\nwheel: <>\n```\n", 2, "no wheel with a name and a version")]
    [InlineData("```\nname: \"a\"\nversion: \"\"\n```\n", 1, "must not be empty")]
    [InlineData("```\nname: \"a\"\nversion: \"version:1\"\n```\n* *a b*\n", 1, "is not the name of a platform")]
    public void A_mistake_has_a_line(string text, int line, string message)
    {
        CatalogueFault? fault = WheelList.Read(text, new CatalogueBuilder(), out _);
        Assert.Equal(line, fault!.Line);
        Assert.Contains(message, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_published_list_is_read_whole()
    {
        PackageCatalogue catalogue = Read(File.ReadAllText(SharedData.Require("corpus/wheels.md")));
        Assert.Equal((446, 775, 14), (catalogue.PackageCount, catalogue.VersionCount, catalogue.Platforms.Length));
        Assert.All(catalogue.Packages.SelectMany(package => package.Versions), version => Assert.True(version.Availability.IsKnown));
    }

    private static PackageCatalogue Read(string text)
    {
        var builder = new CatalogueBuilder();
        CatalogueFault? fault = WheelList.Read(text, builder, out _);
        Assert.True(fault is null, fault?.Reason);
        Assert.True(PackageCatalogue.TryOpen(builder.Build(), out PackageCatalogue? catalogue, out fault), fault?.Reason);
        return catalogue;
    }
}
