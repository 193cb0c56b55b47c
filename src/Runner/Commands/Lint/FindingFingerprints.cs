using System.Globalization;
using System.Text;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>
/// Gives each finding a name that it keeps while lines above it come and go: made of its path, its code, and the text of its line; equal ones are counted.
/// </summary>
internal sealed class FindingFingerprints
{
    private readonly Dictionary<string, int> _seen = [];

    /// <summary>The name of the next finding of a report: 16 hexadecimal digits.</summary>
    public string Next(Finding finding)
    {
        string line = finding.Text.ToString(finding.Text.GetLineSpan(finding.Text.GetLine(finding.Diagnostic.Span.Start))).Trim();
        string facts = $"{finding.Spec.RepositoryPath}\n{finding.Diagnostic.Id}\n{line}";
        int count = _seen[facts] = _seen.GetValueOrDefault(facts) + 1;
        return StableHash.Hex(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{facts}\n{count}")));
    }
}
