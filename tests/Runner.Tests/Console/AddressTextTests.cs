using VPythonTools.Runner.Console;
using Xunit;

namespace VPythonTools.Runner.Tests.Console;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("https://user:pass@host:1/a", "https://***@host:1/a")]
    [InlineData("https://token@host", "https://***@host")]
    [InlineData("https://user:p@ss/w?rd@host", "https://***@host")]
    [InlineData("user:pass@host", "***@host")]
    [InlineData("https://user:pass", "https://user:***")]
    [InlineData("https://user:pass/a", "https://user:***")]
    [InlineData("https://host/?token=pass", "https://host/?***")]
    [InlineData("https://host/#pass", "https://host/#***")]
    public void What_may_be_a_secret_is_hidden(string address, string shown) => Assert.Equal(shown, AddressText.Of(address));

    [Theory]
    [InlineData("https://host:8080/a")]
    [InlineData("https://host:/a")]
    [InlineData("http://[::1]:80/a")]
    [InlineData("unix:///a:b")]
    [InlineData("/tmp/a:b")]
    public void Nothing_else_is(string address) => Assert.Equal(address, AddressText.Of(address));
}
