using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

public sealed class RuleCostTests
{
    [Fact]
    public void Time_is_proportional_to_the_number_of_wheels_whatever_is_wrong_with_them()
    {
        SpecDocument small = Spec(1_000);
        SpecDocument large = Spec(8_000);
        ProcessorTime.AssertIsProportional(() => Analyze(small), () => Analyze(large), "all rules");
    }

    private static void Analyze(SpecDocument document) =>
        Assert.NotEmpty(SpecAnalyzer.Analyze(document, new(PackageCatalogue.BuiltIn, new MemoryFiles(), new(2026, 1, 1)), AnalysisSettings.Default).Diagnostics);

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
