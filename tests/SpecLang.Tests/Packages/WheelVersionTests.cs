using VPythonTools.SpecLang.Packages;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages;

public sealed class WheelVersionTests
{
    [Theory]
    [InlineData("version:2.31.0", "2.31.0")]
    [InlineData("version:5.4.1.chromium.1", "5.4.1+chromium.1")]
    [InlineData("version:2@1.10.2.4.chromium.1", "1.10.2.4+chromium.1")]
    [InlineData("version:2.5.6-5c85ed3d46137b17da04c59bcd805ee5", "2.5.6+5c85ed3d46137b17da04c59bcd805ee5")]
    [InlineData("version:6.2.2fixed", "6.2.2+fixed")]
    [InlineData("version:1.2x.supported.1", "1.21.1+supported.1")]
    [InlineData("version:1.20.supported.2", "1.20+supported.2")]
    [InlineData("version:2.9.0.post0", "2.9.0.post0")]
    [InlineData("version:2.5.0.dev2021032900", "2.5.0.dev2021032900")]
    [InlineData("version:latest", null)]
    [InlineData("version:", null)]
    [InlineData("latest", null)]
    [InlineData("BZZ2lpKxOuUSSlCxtVkcaX705fzRPCLN3hqFrDrKUu4C", null)]
    public void What_a_version_is_to_Python_is_read_from_it(string text, string? expected) =>
        Assert.Equal(expected, WheelVersion.Parse(text).PythonVersion?.ToString());

    [Fact]
    public void A_packaging_epoch_is_no_part_of_the_number()
    {
        var version = WheelVersion.Parse("version:2@1.0");
        Assert.Equal((2, "1.0"), (version.PackagingEpoch, version.Number));
        Assert.Null(WheelVersion.Parse("version:1.0").PackagingEpoch);
        Assert.Equal("x@1.0", WheelVersion.Parse("version:x@1.0").Number);
    }

    [Fact]
    public void Wheels_are_ordered_by_what_they_are_to_Python()
    {
        string[] ordered = ["a-ref", "latest", "version:1.9", "version:1.10", "version:1.10.chromium.2", "version:1.10.chromium.10", "version:1.11"];
        Assert.Equal(ordered, ordered.Reverse().OrderBy(WheelVersion.Parse).ToArray());
    }
}
