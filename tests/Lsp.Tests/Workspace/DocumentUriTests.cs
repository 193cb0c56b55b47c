using VPythonTools.Lsp.Workspace;
using Xunit;

namespace VPythonTools.Lsp.Tests.Workspace;

public sealed class DocumentUriTests
{
    [Theory]
    [InlineData("file:///a/b.py", "/a/b.py")]
    [InlineData("file:///a%20b/%C3%A4%23%25.py", "/a b/ä#%.py")]
    [InlineData("FILE:///a", "/a")]
    [InlineData("file:///a/../b", "/b")]
    [InlineData("file://localhost/a", "/a")]
    public void A_file_has_a_path(string uri, string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths of POSIX");
        Assert.Equal(path, DocumentUri.ToPath(uri));
    }

    [Theory]
    [InlineData("untitled:Untitled-1")]
    [InlineData("git:/a/b.py?x")]
    [InlineData("vscode-vfs://github/a/b")]
    [InlineData("file:///a%00b")]
    [InlineData("")]
    [InlineData("::")]
    public void What_is_no_file_is_never_looked_for(string uri)
    {
        Assert.Equal(uri, DocumentUri.ToPath(uri));
        Assert.False(DocumentUri.IsFile(uri));
    }

    [Theory]
    [InlineData("/a b/ä#%?.py")]
    [InlineData("/")]
    [InlineData("/a+b/[c]@x:y")]
    public void A_path_comes_back(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths of POSIX");
        Assert.Equal(path, DocumentUri.ToPath(DocumentUri.FromPath(path)));
    }
}
