using VPythonTools.Fuzz;
using Xunit;

namespace VPythonTools.SpecLang.Tests;

/// <summary>A minute's worth of what <c>tests/Fuzz</c> checks without end; texts that broke a law once are checked always.</summary>
public sealed class PropertyTests
{
    private const int Texts = 60_000;

    [Fact]
    public void Every_law_of_the_language_holds_for_generated_texts()
    {
        string?[] problems = [.. Enumerable.Range(1_000_000, Texts).Select(static seed => Properties.Check(Properties.Generate(seed)) is { } problem ? $"seed {seed}: {problem}" : null).OfType<string>().Take(3)];
        Assert.True(problems.Length == 0, string.Join('\n', problems));
    }

    [Theory]
    [InlineData("python_version\r\n:<<A\nA\n #")]
    [InlineData("wheel\r\n:# \"<{\n<#\n>")]
    [InlineData("\uFEFF# [VPYTHON:BEGIN]\n#\n# [VPYTHON:END]\n")]
    [InlineData(">/wheel{<<EOF\n>>>")]
    public void Every_law_of_the_language_holds_for_texts_that_once_broke_one(string text) =>
        Assert.Null(Properties.Check(System.Text.Encoding.UTF8.GetBytes(text)));
}
