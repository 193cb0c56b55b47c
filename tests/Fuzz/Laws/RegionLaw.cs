using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Fuzz.Laws;

/// <summary>The law of embedded specs: what the deployed tool finds in a script is found, line by line without its prefix, or a diagnostic says why not.</summary>
public static class RegionLaw
{
    /// <summary>Diagnostics of texts that are read otherwise than by the deployed tool, on purpose.</summary>
    private static readonly string[] _mended = ["VPY1102", "VPY1104", "VPY1105", "VPY1301", "VPY1302", "VPY1312"];

    /// <summary>Checks a script, whatever it is.</summary>
    public static void Check(string script)
    {
        (RegionModel.Outcome outcome, string content) = RegionModel.Read(script);
        var document = SpecDocument.Parse(SourceText.From(script), DocumentKind.Script);
        if (document.Diagnostics.Concat(PortabilityCheck.Find(BoundSpec.Bind(document))).Any(diagnostic => _mended.Contains(diagnostic.Id))) return;
        switch (outcome)
        {
            case RegionModel.Outcome.NoSpec:
                Law.Holds(document.Region is null, "A spec is found where the deployed tool finds none.");
                break;
            case RegionModel.Outcome.Unterminated:
                Law.Holds(document.Diagnostics.Any(diagnostic => diagnostic.Id == "VPY1101"), "A spec without an end is not reported.");
                break;
            default:
                Law.Holds(document.Region is not null, "A spec that the deployed tool finds is not found.");
                string found = string.Join('\n', document.Region!.Lines.Select(line => document.Text.ToString(line.Content)));
                Law.Holds(content == found, $"The deployed tool reads\n{content}\nand we\n{found}");
                break;
        }
    }
}
