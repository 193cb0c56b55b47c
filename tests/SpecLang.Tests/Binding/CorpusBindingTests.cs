using System.Text.Json.Nodes;
using Google.Protobuf;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Binding;

public sealed class CorpusBindingTests
{
    [Fact]
    public void What_the_deployed_tool_accepts_has_the_same_meaning()
    {
        int compared = 0;
        foreach (CorpusFile file in CorpusFile.All.Where(file => file.Verdict == "ok"))
        {
            BoundSpec bound = BoundSpec.Bind(file.Parse());
            Assert.False(bound.HasErrors, $"{file.Name}: {string.Join('\n', bound.Diagnostics.Select(diagnostic => diagnostic.ToString(bound.Document.Text)))}");
            Assert.NotNull(bound.Document.Region);
            JsonNode actual = JsonNode.Parse(JsonFormatter.Default.Format(bound.Spec))!;
            Assert.True(JsonNode.DeepEquals(CorpusFile.Parsed[file.Name], actual), $"{file.Name}: {actual}");
            compared++;
        }
        Assert.Equal(CorpusFile.Parsed.Count, compared);
    }

    [Fact]
    public void What_the_deployed_tool_refuses_is_an_error_with_a_place()
    {
        CorpusFile[] refused = [.. CorpusFile.All.Where(file => file.Verdict == "ERR")];
        Assert.NotEmpty(refused);
        foreach (CorpusFile file in refused)
        {
            BoundSpec bound = BoundSpec.Bind(file.Parse());
            Diagnostic error = bound.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            Assert.Matches(@"^.+:\d+:\d+: error: .+ \[VPY\d{4}\]$", error.ToString(bound.Document.Text));
        }
    }

    [Fact]
    public void A_file_without_a_spec_has_none()
    {
        foreach (CorpusFile file in CorpusFile.All.Where(file => file.Verdict == "NOSPEC"))
        {
            BoundSpec bound = BoundSpec.Bind(file.Parse());
            Assert.Null(bound.Document.Region);
            Assert.Empty(bound.Spec.Wheel);
            Assert.False(bound.HasErrors);
        }
    }

    [Fact]
    public void Every_wheel_has_its_place()
    {
        foreach (CorpusFile file in CorpusFile.All)
        {
            BoundSpec bound = BoundSpec.Bind(file.Parse());
            Assert.Equal(bound.Spec.Wheel.Count, bound.Wheels.Length);
            for (int i = 0; i < bound.Spec.Wheel.Count; i++)
            {
                string name = bound.Document.Text.ToString(bound.SpanOfWheelName(i));
                string version = bound.Document.Text.ToString(bound.SpanOfWheelVersion(i));
                Assert.Contains(bound.Spec.Wheel[i].Name, name, StringComparison.Ordinal);
                Assert.Contains(bound.Spec.Wheel[i].Version, version, StringComparison.Ordinal);
            }
        }
    }
}
