using VPythonTools.Lsp.Completion;
using Xunit;

namespace VPythonTools.Lsp.Tests.Completion;

public sealed class SnippetTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("name: \"$1\"$0", "name: \"\"")]
    [InlineData("${1:text} and ${2:more}", "text and more")]
    [InlineData("${1:outer ${2:inner} outer}}", "outer inner outer}")]
    [InlineData("\\${vpython_platform\\}", "${vpython_platform}")]
    [InlineData("a\\\\b$12c", "a\\bc")]
    [InlineData("${1}x", "x")]
    [InlineData("$", "$")]
    [InlineData("{ }", "{ }")]
    public void Places_to_fill_in_become_what_they_suggest(string snippet, string text) => Assert.Equal(text, SnippetText.WithoutPlaces(snippet));
}
