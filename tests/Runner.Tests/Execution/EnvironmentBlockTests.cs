using VPythonTools.Runner.Execution;
using Xunit;

namespace VPythonTools.Runner.Tests.Execution;

public sealed class EnvironmentBlockTests
{
    private static readonly EnvironmentBlock Block = EnvironmentBlock.Of(["B=2", "A=1", "=odd", "EMPTY=", "AB=3", "A=twice"]);

    [Fact]
    public void A_variable_is_found_by_its_whole_name()
    {
        Assert.Equal("1", Block["A"]);
        Assert.Equal("", Block["EMPTY"]);
        Assert.Null(Block.NonEmpty("EMPTY"));
        Assert.Null(Block["C"]);
    }

    [Fact]
    public void Setting_keeps_the_place_and_leaves_one() =>
        Assert.Equal(["B=2", "A=new", "=odd", "EMPTY=", "AB=3"], Block.With("A", "new").Entries);

    [Fact]
    public void Setting_a_new_one_puts_it_last() => Assert.Equal("C=1", Block.With("C", "1").Entries[^1]);

    [Fact]
    public void Removing_takes_every_one_of_that_name() => Assert.Equal(["B=2", "=odd", "EMPTY=", "AB=3"], Block.Without("A").Entries);

    [Fact]
    public void This_process_has_its_variables() => Assert.Equal(Environment.GetEnvironmentVariable("PATH"), EnvironmentBlock.OfThisProcess()["PATH"]);
}
