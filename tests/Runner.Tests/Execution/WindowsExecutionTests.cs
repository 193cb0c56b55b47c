using VPythonTools.Runner.Execution;
using Xunit;

namespace VPythonTools.Runner.Tests.Execution;

/// <summary>What can be tested of the Windows branch elsewhere: how a command line is quoted. The rest needs Windows and is not tested.</summary>
public sealed class WindowsExecutionTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData(@"C:\dir\", @"C:\dir\")]
    [InlineData(@"C:\my dir\", "\"C:\\my dir\\\\\"")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("a\\\"b", "\"a\\\\\\\"b\"")]
    public void An_argument_is_quoted_as_the_C_runtime_splits_it(string argument, string expected) =>
        Assert.Equal("p " + expected, WindowsExecution.CommandLine(["p", argument]));
}
