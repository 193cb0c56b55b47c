using Xunit;

namespace VPythonTools.Lsp.Tests;

public sealed class ServerOptionsTests
{
    [Fact]
    public void Editors_write_values_in_two_ways()
    {
        Assert.Equal("/tmp/x", Read("--pipe", "/tmp/x").Pipe);
        Assert.Equal("/tmp/x=y", Read("--pipe=/tmp/x=y").Pipe);
        Assert.Equal(4711, Read("--socket=4711").Port);
        Assert.Equal(4711, Read("--socket", "4711").Port);
        Assert.Equal(12, Read("--stdio", "--clientProcessId=12").ClientProcess);
    }

    [Theory]
    [InlineData("unknown argument '--tcp'", "--tcp")]
    [InlineData("--pipe needs a value", "--pipe")]
    [InlineData("--pipe needs a value", "--pipe=")]
    [InlineData("--socket takes a number from 1 to 65535, not '0'", "--socket", "0")]
    [InlineData("--socket takes a number from 1 to 65535, not 'x'", "--socket=x")]
    [InlineData("--socket takes a number from 1 to 65535, not '65536'", "--socket=65536")]
    [InlineData("only one of --stdio, --pipe and --socket can be", "--stdio", "--pipe=x")]
    public void What_is_wrong_is_told(string expected, params string[] arguments)
    {
        ServerOptions.Read(arguments, out string? problem);
        Assert.Equal(expected, problem);
    }

    private static ServerOptions Read(params string[] arguments)
    {
        var options = ServerOptions.Read(arguments, out string? problem);
        Assert.Null(problem);
        return options;
    }
}
