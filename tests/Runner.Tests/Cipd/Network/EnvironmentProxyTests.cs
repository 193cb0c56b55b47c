using System.Net;
using VPythonTools.Runner.Cipd.Network;
using VPythonTools.Runner.Console;
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

    [Fact]
    public void Each_proxy_has_its_own_credentials()
    {
        var proxy = new EnvironmentProxy(EnvironmentBlock.Of(["HTTPS_PROXY=http://u1:p1@h1", "HTTP_PROXY=http://u2:p2@h2", "NO_PROXY="]));
        Assert.Equal("u1", proxy.Credentials!.GetCredential(proxy.GetProxy(new("https://host"))!, "Basic")!.UserName);
        Assert.Equal("u2", proxy.Credentials.GetCredential(proxy.GetProxy(new("http://host"))!, "Basic")!.UserName);
        Assert.Equal("p2", proxy.Credentials.GetCredential(new("http://h2"), "Basic")!.Password);
        Assert.Null(proxy.Credentials.GetCredential(new("http://h3"), "Basic"));
    }

    [Theory]
    [InlineData("HTTP_PROXY=http://bad host:3")]
    [InlineData("https_proxy=:::")]
    [InlineData("ALL_PROXY=ftp://secret:word@host")]
    [InlineData("HTTPS_PROXY=socks9://host")]
    public void A_proxy_that_cannot_be_used_is_refused_and_its_password_not_told(string entry)
    {
        Failure failure = Assert.IsType<Failure>(EnvironmentProxy.Check(EnvironmentBlock.Of([entry])));
        Assert.Equal("VPY3130", failure.Code);
        Assert.StartsWith(entry.Split('=')[0] + " ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("word", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_a_SOCKS_proxy_resolves_are_so_by_either_word()
    {
        EnvironmentBlock environment = EnvironmentBlock.Of(["ALL_PROXY=socks5h://p:1"]);
        Assert.Null(EnvironmentProxy.Check(environment));
        Assert.Equal("socks5://p:1/", new EnvironmentProxy(environment).GetProxy(new("https://host"))!.ToString());
    }
}
