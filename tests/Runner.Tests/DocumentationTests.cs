using System.Text.RegularExpressions;
using VPythonTools.Runner.CommandLine;
using VPythonTools.Runner.Commands;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests;

/// <summary>What the documentation promises is what the program has.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_error_of_the_runner_has_a_section_and_every_section_an_error()
    {
        string[] raised =
        [
            .. Directory.EnumerateFiles(Path.Combine(SharedData.ProjectRoot, "src", "Runner"), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Value))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        string[] explained = [.. Section().Matches(Read("errors.md")).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(raised);
        Assert.Equal(explained, raised);
    }

    [Fact]
    public void Every_flag_and_verb_is_in_the_user_guide_and_in_the_help_text()
    {
        string guide = Read("user-guide.md");
        Assert.All(CommandLineSplitter.Flags, flag => Assert.Contains($"`{$"-{flag.Name} {flag.Kind.Replace("|", "\\|", StringComparison.Ordinal)}".TrimEnd()}`", guide, StringComparison.Ordinal));
        Assert.All(Verbs.All, verb => Assert.Contains($"\n### {verb.Name}", guide, StringComparison.Ordinal));
        Assert.All(CommandLineSplitter.Flags, flag => Assert.Contains($"  -{flag.Name} {flag.Kind}".TrimEnd() + "\n", Usage.Text, StringComparison.Ordinal));
        Assert.All(Verbs.All, verb => Assert.Contains($"  {verb.Name} ", Usage.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_relative_link_leads_to_a_file()
    {
        string root = SharedData.ProjectRoot;
        string[] pages =
        [
            Path.Combine(root, "README.md"),
            Path.Combine(root, "samples", "README.md"),
            Path.Combine(root, "editors", "README.md"),
            Path.Combine(root, "tests", "Benchmarks", "README.md"),
            Path.Combine(root, "tests", "CipdServer", "README.md"),
            Path.Combine(root, "tests", "Stress", "README.md"),
            .. Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories),
        ];
        string[] broken =
        [
            .. from page in pages.Where(File.Exists)
               from link in Link().Matches(Quoted().Replace(File.ReadAllText(page), "")).Select(match => match.Groups[1].Value)
               where !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)
               let target = Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(link.Split('#')[0]))
               where !Path.Exists(target)
               select $"{Path.GetRelativePath(root, page)}: {link}",
        ];
        Assert.Equal([], broken);
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs", page));

    /// <summary>The target of a link, in line or by reference, without its title.</summary>
    [GeneratedRegex(@"(?:\]\(|^\[[^\]]+\]:[ ]+)<?([^\s)>#][^\s)>]*)", RegexOptions.Multiline)]
    private static partial Regex Link();

    /// <summary>Code, in which brackets are no links.</summary>
    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex("VPY3[0-9]{3}")]
    private static partial Regex Code();

    [GeneratedRegex("^### (VPY3[0-9]{3})$", RegexOptions.Multiline)]
    private static partial Regex Section();
}
