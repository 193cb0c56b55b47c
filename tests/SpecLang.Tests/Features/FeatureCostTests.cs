using VPythonTools.Fuzz;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Features.Formatting;
using VPythonTools.SpecLang.Features.Navigation;
using VPythonTools.SpecLang.Features.Presentation;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features;

[Collection(nameof(MeasuredAlone))]
public sealed class FeatureCostTests
{
    public static TheoryData<string> Repeated =>
    [
        .. Linear.Units,
        "wheel: <name: \"infra/python/wheels/six-py3\" version: \"version:1\">\n", "wheel: <name: \"${a=b,c}${\">\n", "# a/b.c //d/e.f, (g/h)\n", "# vpython: disable=VPY2003\nwheel: <>\n",
        "wheel: <name: \"infra/python/wheels/psutil/${vpython_platform}\" version: \"version:5.9.0\">\n",
    ];

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Time_is_proportional_to_length(string unit)
    {
        const int Length = 20_000;
        foreach (DocumentForm form in Linear.Forms)
        {
            ProcessorTime.AssertIsProportional(
                times =>
                {
                    SourceText text = form.Repeat(unit, Length * times);
                    return () => AskEverything(text, form.Kind);
                },
                form.Name);
        }
    }

    private static void AskEverything(SourceText text, DocumentKind kind)
    {
        SpecAnalysis spec = MarkedSpec.Analyze(text, kind);
        int middle = text.Length / 2;
        SpecSymbols.Of(spec);
        FoldingRanges.Of(spec);
        SemanticTokens.Of(spec);
        SemanticTokens.Of(spec, new(middle, 100));
        SelectionRanges.At(spec, middle);
        SpecHighlights.At(spec, middle);
        WheelReferences.Find([spec], spec, middle);
        SpecDefinitions.Find([spec], spec, middle);
        if (WheelRename.Prepare(spec, middle) is not null) WheelRename.Rename([spec], spec, middle, "renamed");
        DocumentLinks.Of(spec);
        WorkspaceSymbols.Find([spec], "s");
        SpecScripts.Of(spec);
        InlayHints.Of(spec, new(0, text.Length), new("linux", "amd64"));
        CodeLenses.Of(spec, EnvironmentState.Ready);
        RangeFormatting.Format(spec, new(middle, 10));
        foreach (char typed in OnTypeFormatting.Triggers) OnTypeFormatting.Format(spec, middle, typed);
    }
}
