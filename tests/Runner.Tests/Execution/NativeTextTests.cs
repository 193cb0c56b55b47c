using CsCheck;
using VPythonTools.Runner.Execution;
using Xunit;

namespace VPythonTools.Runner.Tests.Execution;

public sealed class NativeTextTests
{
    [Fact]
    public void Any_bytes_come_back() =>
        Gen.Byte.Array[0, 40].Sample(bytes => NativeText.Encode(NativeText.Decode(bytes)).AsSpan().SequenceEqual(bytes), iter: 20_000);

    [Fact]
    public void Text_that_is_UTF_8_stays_what_it_is()
    {
        Assert.Equal("naïve 日本 😀", NativeText.Decode("naïve 日本 😀"u8));
        Assert.False(NativeText.HasEscapes("naïve 日本 😀"));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_escaped_as_Python_does()
    {
        Assert.Equal("a\uDCFFb", NativeText.Decode([(byte)'a', 0xFF, (byte)'b']));
        Assert.True(NativeText.HasEscapes("a\uDCFFb"));
    }
}
