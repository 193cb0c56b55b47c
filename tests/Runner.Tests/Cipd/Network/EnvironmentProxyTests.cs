using System.Net;
using VPythonTools.Runner.Cipd.Network;
using VPythonTools.Runner.Execution;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd.Network;

public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("HTTPS_PROXY=http://p:1", "https://host", "http://p:1/")]
    [InlineData("https_proxy=p:1", "https://host", "http://p:1/")]
    [InlineData("HTTP_PROXY=http://p:1", "https://host", null)]
    [InlineData("HTTP_PROXY=http://p:1", "http://host", "http://p:1/")]
    [InlineData("ALL_PROXY=socks5://p:1", "https://host", "socks5://p:1/")]
    [InlineData("ALL_PROXY=http://p:1", "http://localhost:8080", null)]
    [InlineData("ALL_PROXY=http://p:1", "http://127.0.0.1", null)]
    [InlineData("ALL_PROXY=http://p:1", "http://[::1]", null)]
    public void The_scheme_of_the_target_chooses(string entry, string target, string? expected) =>
        Assert.Equal(expected, new EnvironmentProxy(EnvironmentBlock.Of([entry])).GetProxy(new(target))?.ToString());

    [Theory]
    [InlineData("*", "https://any.where", true)]
    [InlineData("example.com", "https://example.com", true)]
    [InlineData("example.com", "https://a.example.com", true)]
    [InlineData("example.com", "https://badexample.com", false)]
    [InlineData(".example.com", "https://example.com", false)]
    [InlineData(".example.com", "https://a.b.example.com", true)]
    [InlineData("*.example.com", "https://a.example.com", true)]
    [InlineData("EXAMPLE.com", "https://example.COM", true)]
    [InlineData("example.com:8443", "https://example.com:8443", true)]
    [InlineData("example.com:8443", "https://example.com", false)]
    [InlineData("10.0.0.0/8", "https://10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "https://11.1.2.3", false)]
    [InlineData("10.1.2.3", "https://10.1.2.3", true)]
    [InlineData("10.1.2.3:81", "http://10.1.2.3:81", true)]
    [InlineData("fd00::/8", "https://[fd00::1]", true)]
    [InlineData("fd00::1", "https://[fd00::1]", true)]
    [InlineData("a, b ,example.com", "https://example.com", true)]
    [InlineData("", "https://example.com", false)]
    public void Exceptions_are_names_addresses_and_networks(string exceptions, string target, bool isBypassed)
    {
        var proxy = new EnvironmentProxy(EnvironmentBlock.Of(["ALL_PROXY=http://p:1", $"NO_PROXY={exceptions}"]));
        Assert.Equal(isBypassed, proxy.IsBypassed(new(target)));
        Assert.Equal(isBypassed, proxy.GetProxy(new(target)) is null);
    }

    [Fact]
    public void Credentials_of_a_proxy_are_taken_from_its_address()
    {
        var proxy = new EnvironmentProxy(EnvironmentBlock.Of(["HTTPS_PROXY=http://me:p%40ss@p:1"]));
        NetworkCredential credential = proxy.Credentials!.GetCredential(new("http://p:1"), "Basic")!;
        Assert.Equal(("me", "p@ss"), (credential.UserName, credential.Password));
    }
}
