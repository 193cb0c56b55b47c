using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

/// <summary>
/// The pages about rules are made from the rules, and codes that were shipped stay:
/// <c>UPDATE_BASELINES=1 dotnet run --project tests/SpecLang.Tests -- -class '*RulePagesTests'</c> writes the pages anew and enters new codes.
/// </summary>
public sealed class RulePagesTests
{
    private static string Pages => Path.Combine(SharedData.ProjectRoot, "docs/rules");

    private static string Shipped => Path.Combine(Pages, "shipped.txt");

    private static bool Updates => Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1";

    [Fact]
    public void Every_rule_has_its_page_and_every_page_a_rule()
    {
        Dictionary<string, string> pages = DiagnosticReference.All.Where(static entry => entry.Documentation is not null).ToDictionary(static entry => $"{entry.Descriptor.Id}.md", static entry => entry.ToMarkdown());
        pages.Add("index.md", Index());
        if (Updates)
        {
            foreach (string page in Directory.CreateDirectory(Pages).GetFiles("*.md").Select(static file => file.FullName)) File.Delete(page);
            foreach ((string name, string text) in pages) File.WriteAllText(Path.Combine(Pages, name), text);
        }
        Assert.Equal(pages.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(Pages, "*.md").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(pages, page => Assert.Equal(page.Value, File.ReadAllText(Path.Combine(Pages, page.Key))));
    }

    [Fact]
    public void A_code_that_was_shipped_stays_and_keeps_its_meaning()
    {
        Dictionary<string, string> now = DiagnosticReference.All.ToDictionary(static entry => entry.Descriptor.Id, static entry => entry.Descriptor.Title);
        if (Updates)
        {
            Directory.CreateDirectory(Pages);
            string[] lines = File.Exists(Shipped) ? File.ReadAllLines(Shipped) : ["# Codes that were shipped, with their titles. One may be added, never removed, nor given to something else."];
            HashSet<string> known = [.. lines.Where(static line => !line.StartsWith('#')).Select(static line => line.Split(' ')[0])];
            File.WriteAllLines(Shipped, [lines[0], .. lines.Skip(1).Concat(now.Where(code => !known.Contains(code.Key)).Select(static code => $"{code.Key} {code.Value}")).Order(StringComparer.Ordinal)]);
        }
        string[] shipped = [.. File.ReadLines(Shipped).Where(static line => !line.StartsWith('#'))];
        Assert.NotEmpty(shipped);
        Assert.Equal(shipped.Order(StringComparer.Ordinal), shipped);
        Assert.All(shipped, line => Assert.Equal(line[8..], now.GetValueOrDefault(line[..7])));
        Assert.Empty(now.Keys.Except(shipped.Select(static line => line[..7])));
    }

    [Fact]
    public void The_kinds_of_the_language_are_all_there()
    {
        foreach (Type type in (Type[])[typeof(SyntaxDiagnostics), typeof(RegionDiagnostics), typeof(SchemaDiagnostics), typeof(PortabilityDiagnostics)])
        {
            Assert.All(
                type.GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static).Select(static field => (DiagnosticDescriptor)field.GetValue(null)!),
                static descriptor => Assert.Same(descriptor, DiagnosticReference.Find(descriptor.Id)!.Descriptor));
        }
        Assert.Null(DiagnosticReference.Find("VPY9999"));
        Assert.Equal("VPY1001", DiagnosticReference.Find("vpy1001")!.Descriptor.Id);
    }

    private static string Index()
    {
        var page = new StringBuilder("# What lint finds\n\nBy code. `vpython3 rule CODE` prints the same pages. This directory is made from the rules, and a test keeps it so.\n");
        foreach (IGrouping<string, DiagnosticReferenceEntry> category in DiagnosticReference.All.GroupBy(static entry => entry.CategoryName))
        {
            page.Append($"\n## {char.ToUpperInvariant(category.Key[0])}{category.Key[1..]}\n\n| Code | | Severity | Fix |\n|---|---|---|---|\n");
            foreach (DiagnosticReferenceEntry entry in category)
            {
                string link = entry.Documentation is null ? "../spec-language.md" : $"{entry.Descriptor.Id}.md";
                page.Append($"| [{entry.Descriptor.Id}]({link}) | {entry.Descriptor.Title} | {entry.SeverityName} | {(entry.Documentation?.Fix is null ? "" : "yes")} |\n");
            }
        }
        return page.ToString();
    }
}
