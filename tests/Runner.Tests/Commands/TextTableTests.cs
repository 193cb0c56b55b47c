using VPythonTools.Runner.Commands;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands;

public sealed class TextTableTests
{
    [Fact]
    public void What_would_command_the_terminal_is_replaced() =>
        Assert.Equal("tag  a\uFFFD[31mb\uFFFDc\n", TextTable.Write([["tag", "a\u001b[31mb\nc"]]));
}
