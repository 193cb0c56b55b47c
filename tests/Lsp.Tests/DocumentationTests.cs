using System.Text.RegularExpressions;
using VPythonTools.Lsp.Commands;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Lsp.Tests;

/// <summary>What docs/language-server.md promises is what the server has.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs", "language-server.md"));

    [Fact]
    public void Every_command_is_on_the_page() => Assert.All(CommandNames.OfServer.Append(CommandNames.RunScript), name => Assert.Contains($"| `{name}` |", Page, StringComparison.Ordinal));

    [Fact]
    public void Every_setting_that_is_read_is_on_the_page()
    {
        string[] sources = [.. Directory.GetFiles(Path.Combine(SharedData.ProjectRoot, "src", "Lsp"), "*.cs", SearchOption.AllDirectories).Where(static path => Path.GetFileName(path) is "ServerSettings.cs" or "RulePages.cs").Select(File.ReadAllText)];
        string[] names = [.. sources.SelectMany(static source => Setting().Matches(source)).Select(static match => match.Groups[1].Value)];
        Assert.Contains("cataloguePath", names);
        Assert.Contains("ruleDocumentation", names);
        Assert.All(names, name => Assert.Contains($"| `{name}` |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_request_is_on_the_page()
    {
        string source = File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "src", "Lsp", "ILanguageServer.cs"));
        string[] requests = [.. Method().Matches(source).Where(static match => match.Groups[2].Value.StartsWith("Task<", StringComparison.Ordinal)).Select(static match => match.Groups[1].Value)];
        Assert.Contains("textDocument/completion", requests);
        // A row may name several, the later ones by their last part.
        Assert.All(requests.Where(static request => request.Contains('/', StringComparison.Ordinal)), request => Assert.Matches($"`({Regex.Escape(request)}|{Regex.Escape(request[(request.IndexOf('/', StringComparison.Ordinal) + 1)..])}|{Regex.Escape(request.Replace("textDocument/semanticTokens/", "", StringComparison.Ordinal))})`", Page));
    }

    [Fact]
    public void Every_code_of_the_server_has_a_section()
    {
        IEnumerable<string> codes = Directory.GetFiles(Path.Combine(SharedData.ProjectRoot, "src", "Lsp"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(static path => Code().Matches(File.ReadAllText(path)).Select(static match => match.Value)).Distinct();
        Assert.All(codes, code => Assert.Contains($"\n### {code}\n", Page, StringComparison.Ordinal));
    }

    [GeneratedRegex("(?:Text|Boolean|TryGetProperty)\\((?:[a-z]+, )?\"([A-Za-z]+)\"")]
    private static partial Regex Setting();

    [GeneratedRegex("JsonRpcMethod\\(\"([^\"]+)\"\\)\\]\\s+(\\S+)")]
    private static partial Regex Method();

    [GeneratedRegex("VPY4[0-9]{3}")]
    private static partial Regex Code();
}
