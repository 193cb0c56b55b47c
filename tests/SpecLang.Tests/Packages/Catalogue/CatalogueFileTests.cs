using System.Buffers.Binary;
using CsCheck;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Python;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages.Catalogue;

/// <summary>A catalogue comes from a file that anybody may have made or damaged.</summary>
public sealed class CatalogueFileTests
{
    private static readonly byte[] Sound = Make();

    [Fact]
    public void A_sound_file_is_read() => Assert.True(PackageCatalogue.TryOpen(Sound, out _, out CatalogueFault? fault), fault?.Reason);

    [Fact]
    public void A_newer_format_is_refused_as_newer()
    {
        byte[] bytes = [.. Sound];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), 2);
        CatalogueFault fault = Refused(bytes);
        Assert.True(fault.IsNewer);
        Assert.Equal("its format is 2, and this program knows formats up to 1", fault.Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("VPYCAT\n")]
    [InlineData("catalogue\t1")]
    public void Something_else_is_no_catalogue(string text) => Assert.Equal("it is no catalogue", Refused(System.Text.Encoding.UTF8.GetBytes(text)).Reason);

    [Fact]
    public void A_header_that_is_cut_off_is_refused() => Assert.Contains("cut off", Refused([.. CatalogueFile.Magic, 1, 0, 0, 0]).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_file_beyond_the_limit_is_refused() =>
        Assert.Contains("at most", Refused(new byte[CatalogueFile.MaximumLength + 1]).Reason, StringComparison.Ordinal);

    [Fact]
    public void Every_cut_and_every_flipped_bit_is_noticed()
    {
        Assert.All(Enumerable.Range(0, Sound.Length), length => Refused(Sound[..length]));
        Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Int[0, 7]).Sample((position, bit) =>
        {
            byte[] bytes = [.. Sound];
            bytes[position] ^= (byte)(1 << bit);
            Refused(bytes);
        });
    }

    [Fact]
    public void A_file_made_to_deceive_is_refused_or_can_be_read_to_its_end() =>
        Gen.Select(Gen.Int[CatalogueFile.HeaderLength, Sound.Length - 1], Gen.OneOf(Gen.Byte, Gen.Const((byte)0), Gen.Const((byte)255))).Array[1, 4].Sample(
            changes =>
            {
                byte[] bytes = [.. Sound];
                foreach ((int position, byte value) in changes) bytes[position] = value;
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), CatalogueFile.Checksum(bytes.AsSpan(20)));
                if (PackageCatalogue.TryOpen(bytes, out PackageCatalogue? catalogue, out _)) ReadAll(catalogue);
            },
            iter: 20_000);

    [Fact]
    public void The_same_facts_in_another_order_are_the_same_bytes()
    {
        Assert.True(PackageCatalogue.TryOpen(Sound, out PackageCatalogue? catalogue, out _));
        Assert.Equal(Sound, CatalogueBuilder.From(catalogue).Build());
        Assert.Equal(Sound, Make(reversed: true));
        Assert.True(CatalogueText.TryParse(CatalogueText.Write(catalogue), out CatalogueBuilder? builder, out CatalogueFault? fault), fault?.Reason);
        Assert.Equal(Sound, builder.Build());
    }

    [Fact]
    public void A_builder_takes_no_more_platforms_than_a_file_can_tell_apart()
    {
        var builder = new CatalogueBuilder();
        Assert.Null(builder.SetAvailability("a-py3", "version:1", isUniversal: false, Enumerable.Range(0, CatalogueBuilder.MaximumPlatforms).Select(number => $"p{number}")));
        Assert.Contains("more than", builder.AddAvailability("a-py3", "version:1", "one-more"), StringComparison.Ordinal);
        Assert.True(PackageCatalogue.TryOpen(builder.Build(), out PackageCatalogue? catalogue, out CatalogueFault? fault), fault?.Reason);
        Assert.Equal(CatalogueBuilder.MaximumPlatforms, catalogue.FindPackage("a-py3")!.Versions[0].Availability.Platforms.Length);
    }

    [Theory]
    [InlineData("a${b", "version:1", "without the closing")]
    [InlineData("${b}", "version:1", "no part of the package name")]
    [InlineData("a", "VERSION 1", "neither an instance ID")]
    public void A_builder_takes_names_and_versions_of_CIPD_only(string package, string version, string message) =>
        Assert.Contains(message, new CatalogueBuilder().AddVersion(package, version), StringComparison.Ordinal);

    [Theory]
    [InlineData("", 1, "it is empty")]
    [InlineData("package\ta", 1, "does not begin with")]
    [InlineData("catalogue\t2\t2024-01-01\tx", 1, "its format is 2")]
    [InlineData("catalogue\t1\t2024-13-01\tx", 1, "is not a date")]
    [InlineData("catalogue\t1\t2024-01-01\tx\n\nversion\tversion:1\t0\tall", 3, "no package above")]
    [InlineData("catalogue\t1\t2024-01-01\tx\npackage\ta\nversion\tversion:1\t-1\tall", 3, "is not a number")]
    [InlineData("catalogue\t1\t2024-01-01\tx\nrequires\ta", 2, "no metadata above")]
    [InlineData("catalogue\t1\t2024-01-01\tx\ndistribution\t-", 2, "must begin and end")]
    [InlineData("catalogue\t1\t2024-01-01\tx\nodd\ta", 2, "is no line of a catalogue")]
    [InlineData("catalogue\t1\t2024-01-01\tx\ndistribution\ta\nmetadata\tlatest\tcomplete\ts\t\t", 3, "is not a version")]
    public void A_wrong_text_is_refused_with_its_line(string text, int line, string message)
    {
        Assert.False(CatalogueText.TryParse(text, out _, out CatalogueFault? fault));
        Assert.Equal(line, fault.Line);
        Assert.Contains(message, fault.Reason, StringComparison.Ordinal);
    }

    private static CatalogueFault Refused(byte[] bytes)
    {
        Assert.False(PackageCatalogue.TryOpen(bytes, out _, out CatalogueFault? fault));
        return fault!;
    }

    private static void ReadAll(PackageCatalogue catalogue)
    {
        _ = CatalogueText.Write(catalogue);
        _ = catalogue.ModuleCount;
        foreach (CataloguePackage package in catalogue.Packages) _ = package.NearestVersions("version:1");
        foreach (CatalogueDistribution distribution in catalogue.Distributions)
        {
            _ = distribution.FindCompleteMetadata(WheelVersion.Parse("version:1"));
            _ = distribution.Uses;
        }
        _ = catalogue.NearestPackages("infra/python/wheels/alpha-py3");
        _ = catalogue.FindModule("alpha.é");
    }

    private static byte[] Make(bool reversed = false)
    {
        var builder = new CatalogueBuilder { Description = "for tests", Date = new(2026, 1, 31) };
        Action[] facts =
        [
            () => builder.SetAvailability("infra/python/wheels/alpha-py3", "version:1.0", isUniversal: true),
            () => builder.SetAvailability("infra/python/wheels/alpha-py3", "version:2.0", isUniversal: true),
            () => builder.SetAvailability("infra/python/wheels/beta/${vpython_platform}", "version:1.0.chromium.1", isUniversal: false, "mac-x64-py3.8", "linux-arm64-py3.11"),
            () => builder.SetUses("infra/python/wheels/beta/${vpython_platform}", "version:0.9", 5),
            () => builder.SetMetadata(Name("alpha"), new("1.0", "tests") { RequirementTexts = ["beta>=1"], Modules = ["alpha", "alpha_é", "ns.\U0001F40D"], SourceHasAllRequirements = true }),
            () => builder.SetMetadata(Name("gamma"), new("3", "tests") { Summary = "ü \uFF5E", Modules = ["ns.gamma", "alpha"] }),
        ];
        foreach (Action add in reversed ? facts.Reverse() : facts) add();
        return builder.Build();
    }

    private static DistributionName Name(string text) => DistributionName.TryParse(text, out DistributionName name, out string? error) ? name : throw new ArgumentException(error);
}
