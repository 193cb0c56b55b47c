using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

[Collection(nameof(MeasuredAlone))]
public sealed class RuleCostTests
{
    [Fact]
    public void Time_is_proportional_to_the_number_of_wheels_whatever_is_wrong_with_them() =>
        ProcessorTime.AssertIsProportional(static times => Analyze(Spec(1_000 * times)), "all rules");

    [Fact]
    public void Time_is_proportional_to_the_number_of_wheels_that_are_known_and_need_each_other() =>
        ProcessorTime.AssertIsProportional(static times => Analyze(KnownWheels(1_250 * times)), "all rules, with wheels of the catalogue");

    [Fact]
    public void Time_is_proportional_to_the_number_of_packages_of_one_distribution() =>
        ProcessorTime.AssertIsProportional(static times => Analyze(OneDistribution(500 * times)), "all rules, with one distribution");

    private static Action Analyze(SpecDocument document) => () =>
        Assert.NotEmpty(SpecAnalyzer.Analyze(document, new(PackageCatalogue.BuiltIn, new MemoryFiles(), new(2026, 1, 1)), AnalysisSettings.Default).Diagnostics);

    /// <summary>All packages of the catalogue, in other versions each time round, with line breaks of two characters and empty lines between them.</summary>
    private static SpecDocument KnownWheels(int wheels)
    {
        CataloguePackage[] packages = [.. PackageCatalogue.BuiltIn.Packages];
        var text = new StringBuilder("python_version: \"3.8\"\r\n");
        for (int i = 0; i < wheels; i++)
        {
            CataloguePackage package = packages[i % packages.Length];
            string name = i < packages.Length ? package.Name : package.Name.Replace("wheels/", $"wheels/x{i / packages.Length}", StringComparison.Ordinal);
            text.Append($"\r\nwheel: <\r\n  name: \"{name}\"\r\n  version: \"{package.Versions[i / packages.Length % package.Versions.Length].Version.Text}\"\r\n");
            text.Append(i % 4 == 0 ? "  not_match_tag: < platform: \"win_amd64\" >\r\n>\r\n" : ">\r\n");
        }
        return SpecDocument.Parse(SourceText.From(text.ToString(), "/src/.vpython3"), DocumentKind.Spec);
    }

    /// <summary>Packages with other prefixes and the same distribution in them, which needs others.</summary>
    private static SpecDocument OneDistribution(int wheels)
    {
        var text = new StringBuilder("python_version: \"3.8\"\n");
        for (int i = 0; i < wheels; i++) text.Append($"wheel: < name: \"owner{i}/{(i % 2 == 0 ? "requests" : "idna")}-py3\" version: \"version:2.31.{i}\" >\n");
        return SpecDocument.Parse(SourceText.From(text.ToString(), "/src/.vpython3"), DocumentKind.Spec);
    }

    private static SpecDocument Spec(int wheels)
    {
        var text = new StringBuilder("python_version: \"3.8\"\n");
        for (int i = 0; i < wheels; i++)
        {
            string name = (i % 8) switch
            {
                0 => $"infra/python/wheels/unknown{i}-py3",
                1 => "infra/python/wheels/six-py2_py3",
                2 => "infra/python/wheels/six-py3",
                3 => $"infra/python/wheels/psutil{i}/${{vpython_platform}}",
                4 => "infra/python/wheels/psutil/linux-amd64_cp38_cp38",
                5 => $"Upper{i}",
                6 => $"infra/python/wheels/a{i}-py2",
                _ => "infra/python/wheels/psutil/${vpython_platform}",
            };
            text.Append($"wheel: <\n  name: \"{name}\"\n  version: \"version:1.{i % 7}\"\n  not_match_tag: < platform: \"win-{i}\" >\n  match_tag: < platform: \"{(i % 3 == 0 ? "win32" : "manylinux1_x86_64")}\" >\n>\n");
        }
        return SpecDocument.Parse(SourceText.From(text.ToString(), "/src/.vpython3"), DocumentKind.Spec);
    }
}
