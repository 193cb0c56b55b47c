using VPythonTools.SpecLang.Search;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Search;

public sealed class GuardReaderTests : IDisposable
{
    private const string Guard = "[VPYTHON:BEGIN]";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("", false)]
    [InlineData(Guard, true)]
    [InlineData("x" + Guard + "y", true)]
    [InlineData("VPYTHON:BEGIN]", false)]
    [InlineData("[VPYTHON:BEGIN", false)]
    [InlineData("(VPYTHON:BEGIN) VPYTHON:BEGIN " + Guard, true)]
    [InlineData("[VPYTHON:BEGI" + Guard, true)]
    [InlineData("\0" + Guard, false)]
    public void Guards_are_found_in_text(string text, bool holds) => Assert.Equal(holds, new GuardReader().HoldsGuard(_directory.Write("f", text)));

    [Fact]
    public void A_guard_is_found_wherever_a_read_ends()
    {
        const int BufferLength = 128 << 10;
        var reader = new GuardReader();
        for (int start = BufferLength - Guard.Length - 1; start <= BufferLength + 1; start++)
            Assert.True(reader.HoldsGuard(_directory.Write("f", new string('x', start) + Guard + "tail")), $"at {start}");
        Assert.True(reader.HoldsGuard(_directory.Write("f", new string('x', 3 * BufferLength) + Guard)));
        Assert.False(reader.HoldsGuard(_directory.Write("f", new string('x', 3 * BufferLength))));
    }

    [Fact]
    public void A_reader_does_not_remember_the_file_before()
    {
        var reader = new GuardReader();
        Assert.True(reader.HoldsGuard(_directory.Write("a", "x\n" + Guard)));
        Assert.False(reader.HoldsGuard(_directory.Write("b", "x\n")));
    }

    [Fact]
    public void What_lies_beyond_the_limit_is_not_read() => Assert.False(new GuardReader().HoldsGuard(_directory.Write("f", new string('x', 17 << 20) + Guard)));

    [Fact]
    public void A_pipe_a_directory_and_a_missing_file_hold_none_and_nobody_waits()
    {
        var reader = new GuardReader();
        Assert.False(reader.HoldsGuard(_directory.Combine("missing")));
        Assert.False(reader.HoldsGuard(_directory.Path));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such pipes");
        string pipe = _directory.Combine("pipe");
        Assert.Equal(0, ProcessRun.Of(Requirement.Tool("mkfifo"), [pipe]).ExitCode);
        Assert.False(reader.HoldsGuard(pipe));
    }
}
