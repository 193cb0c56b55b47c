using System.Reflection;
using System.Text;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests;

/// <summary>
/// The reference of diagnostics is made from their descriptors:
/// <c>UPDATE_BASELINES=1 dotnet run --project tests/SpecLang.Tests -- -class '*SpecLang.Tests.DocumentationTests'</c> writes it anew.
/// </summary>
public sealed class DocumentationTests
{
    private static readonly (string Heading, string Introduction, Type Descriptors)[] Areas =
    [
        ("Syntax", "Characters, tokens and their order.", typeof(SyntaxDiagnostics)),
        ("Where a spec begins and ends", "The guards of a spec inside a script.", typeof(RegionDiagnostics)),
        ("Fields and values", "What does not fit the schema.", typeof(SchemaDiagnostics)),
        ("Portability", "Text that is accepted here, and that the Go `vpython3` refuses or reads differently.", typeof(PortabilityDiagnostics)),
    ];

    [Fact]
    public void The_reference_says_what_the_descriptors_say()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Diagnostics of the spec language

            What can be wrong with a spec, by code. A code never changes its meaning and is never used for anything else. In a message, `{0}`, `{1}` and so on stand for
            names and values of the text. An error keeps a spec from being used; a warning does not. This page is made from the code, and a test keeps it so.

            """);
        foreach ((string heading, string introduction, Type descriptors) in Areas)
        {
            page.Append($"\n## {heading}\n\n{introduction}\n");
            foreach (DiagnosticDescriptor descriptor in Descriptors(descriptors))
                page.Append($"\n### {descriptor.Id}: {descriptor.Title}\n\n{descriptor.DefaultSeverity}. {Code(descriptor.MessageFormat)}\n");
        }
        string path = Path.Combine(SharedData.ProjectRoot, "docs/spec-language.md");
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1") File.WriteAllText(path, page.ToString());
        Assert.Equal(File.ReadAllText(path), page.ToString());
    }

    [Fact]
    public void Every_code_is_used_once_and_says_its_category()
    {
        DiagnosticDescriptor[] all = [.. Areas.SelectMany(area => Descriptors(area.Descriptors))];
        Assert.Equal(all.Length, all.Select(descriptor => descriptor.Id).Distinct().Count());
        Assert.All(all, descriptor => Assert.StartsWith($"VPY1{(int)descriptor.Category}", descriptor.Id, StringComparison.Ordinal));
    }

    private static IEnumerable<DiagnosticDescriptor> Descriptors(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
        .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal);

    /// <summary>Angle brackets as text, not as markup.</summary>
    private static string Code(string format) => format.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
