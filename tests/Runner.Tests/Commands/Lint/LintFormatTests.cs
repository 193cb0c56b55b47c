using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NJsonSchema;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands.Lint;

/// <summary>Each format against its documented form. The files have what is hard to write: characters of several bytes, quotes, line breaks in messages, several lines.</summary>
public sealed partial class LintFormatTests : IDisposable
{
    private const string Wheel = "wheel: <\n  name: \"custom/six-py2_py3\"\n  version: \"version:1.15.0\"\n>\n";
    private const string Path = "d,1: %/\u00FC&<x>.vpython3";

    private readonly CommandSandbox _sandbox = new();

    public LintFormatTests()
    {
        Directory.CreateDirectory(_sandbox.Combine("sub", ".git"));
        _sandbox.Write("sub/" + Path, "python_version: \"3.8\"\n" + Wheel + Wheel);
        _sandbox.Write("sub/errors.vpython3", "wheel: <\n  \"\U0001F600\u00FC\": 1\n  nam: \"a\"\n>\n");
        _sandbox.Write("sub/clean.vpython3", "python_version: \"3.8\"\n" + Wheel);
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Json_is_an_array_and_json_lines_its_elements()
    {
        JsonElement[] array = [.. JsonDocument.Parse(Lint("json")).RootElement.EnumerateArray()];
        JsonElement[] lines = [.. Lint("json-lines").TrimEnd('\n').Split('\n').Select(static line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(array.Select(static one => one.GetRawText()), lines.Select(static one => one.GetRawText()));
        Assert.All(array, static one => Assert.Equal(
            ["path", "line", "column", "endLine", "endColumn", "code", "severity", "message", "help", "fixes"],
            one.EnumerateObject().Select(static property => property.Name)));
        JsonElement twice = Assert.Single(array, static one => one.GetProperty("code").GetString() == "VPY2301");
        Assert.Equal(Path, twice.GetProperty("path").GetString());
        Assert.Equal((7, 9, 7, 29), (Number(twice, "line"), Number(twice, "column"), Number(twice, "endLine"), Number(twice, "endColumn")));
        Assert.Equal("warning", twice.GetProperty("severity").GetString());
        Assert.Equal("vpython3 rule VPY2301", twice.GetProperty("help").GetString());
        JsonElement fix = Assert.Single(twice.GetProperty("fixes").EnumerateArray());
        Assert.True(fix.GetProperty("safe").GetBoolean());
        Assert.Equal("Remove this wheel", fix.GetProperty("title").GetString());
        JsonElement edit = Assert.Single(fix.GetProperty("edits").EnumerateArray());
        Assert.Equal((6, 1, 10, 1, ""), (Number(edit, "line"), Number(edit, "column"), Number(edit, "endLine"), Number(edit, "endColumn"), edit.GetProperty("replacement").GetString()));
        Assert.Equal("[]\n", _sandbox.RunIn("sub", "lint", "--format", "json", "clean.vpython3").Output);
        Assert.Equal("", _sandbox.RunIn("sub", "lint", "--format", "json-lines", "clean.vpython3").Output);
    }

    [Fact]
    public async Task Sarif_is_valid_against_its_schema()
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(SharedData.Require("schemas/sarif-schema-2.1.0.json"), TestContext.Current.CancellationToken);
        string[] runs = [Lint("sarif"), _sandbox.RunIn("sub", "lint", "--format", "sarif", "clean.vpython3").Output, _sandbox.RunIn("sub", "lint", "--format", "sarif", "missing.vpython3").Output];
        foreach (string run in runs) Assert.Empty(schema.Validate(run));
        // The schema is one that refuses.
        Assert.NotEmpty(schema.Validate(runs[0].Replace("\"ruleId\"", "\"ruelId\"", StringComparison.Ordinal)));

        JsonElement log = JsonDocument.Parse(runs[0]).RootElement.GetProperty("runs")[0];
        JsonElement[] rules = [.. log.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()];
        Assert.All(log.GetProperty("results").EnumerateArray(), result => Assert.Equal(result.GetProperty("ruleId").GetString(), rules[Number(result, "ruleIndex")].GetProperty("id").GetString()));
        JsonElement twice = Assert.Single(log.GetProperty("results").EnumerateArray(), static one => one.GetProperty("ruleId").GetString() == "VPY2301");
        JsonElement place = twice.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("d%2C1%3A%20%25/%C3%BC%26%3Cx%3E.vpython3", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal((7, 9, 7, 29), (Number(place.GetProperty("region"), "startLine"), Number(place.GetProperty("region"), "startColumn"), Number(place.GetProperty("region"), "endLine"), Number(place.GetProperty("region"), "endColumn")));
        Assert.Equal(3, Number(twice.GetProperty("relatedLocations")[0].GetProperty("physicalLocation").GetProperty("region"), "startLine"));
        Assert.Equal("", twice.GetProperty("fixes")[0].GetProperty("artifactChanges")[0].GetProperty("replacements")[0].GetProperty("insertedContent").GetProperty("text").GetString());
        Assert.Equal(new Uri(_sandbox.Combine("sub") + "/").AbsoluteUri, log.GetProperty("originalUriBaseIds").GetProperty("%SRCROOT%").GetProperty("uri").GetString());
        Assert.False(JsonDocument.Parse(runs[2]).RootElement.GetProperty("runs")[0].GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
    }

    [Fact]
    public void GitHub_gets_workflow_commands()
    {
        string[] lines = Lint("github").TrimEnd('\n').Split('\n');
        Assert.All(lines, static line => Assert.Matches(WorkflowCommand(), line));
        Assert.Contains("::warning title=VPY2301,file=d%2C1%3A %25/\u00FC&<x>.vpython3,line=7,col=9,endLine=7,endColumn=29::'custom/six-py2_py3' in this version stands at line 3 already. Remove one of the two.", lines);
    }

    [Fact]
    public void GitHub_and_others_get_paths_of_the_repository()
    {
        Assert.Contains(",file=d%2C1", _sandbox.RunIn("sub/d,1: %", "lint", "--format", "github", "--select", "VPY2301").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void GitLab_gets_a_code_quality_report()
    {
        JsonElement[] findings = [.. JsonDocument.Parse(Lint("gitlab")).RootElement.EnumerateArray()];
        Assert.All(findings, static finding =>
        {
            Assert.NotEmpty(finding.GetProperty("description").GetString()!);
            Assert.Matches("^VPY[0-9]{4}$", finding.GetProperty("check_name").GetString());
            Assert.Matches("^[0-9a-f]{16}$", finding.GetProperty("fingerprint").GetString());
            Assert.Contains(finding.GetProperty("severity").GetString(), (string[])["info", "minor", "major", "critical", "blocker"]);
            Assert.True(Number(finding.GetProperty("location").GetProperty("lines"), "begin") > 0);
        });
        Assert.Equal(findings.Length, findings.Select(static finding => finding.GetProperty("fingerprint").GetString()).Distinct().Count());
        JsonElement twice = Assert.Single(findings, static one => one.GetProperty("check_name").GetString() == "VPY2301");
        Assert.Equal(Path, twice.GetProperty("location").GetProperty("path").GetString());

        // A fingerprint stays where lines above come and go.
        string path = "sub/" + Path;
        _sandbox.Write(path, "\n\n" + _sandbox.Read(path));
        JsonElement moved = Assert.Single(JsonDocument.Parse(Lint("gitlab")).RootElement.EnumerateArray(), static one => one.GetProperty("check_name").GetString() == "VPY2301");
        Assert.Equal(twice.GetProperty("fingerprint").GetString(), moved.GetProperty("fingerprint").GetString());
    }

    [Fact]
    public void Equal_findings_have_fingerprints_of_their_own()
    {
        _sandbox.Write("sub/three.vpython3", Wheel + Wheel + Wheel);
        JsonElement[] findings = [.. JsonDocument.Parse(_sandbox.RunIn("sub", "lint", "--format", "gitlab", "--select", "VPY2301", "three.vpython3").Output).RootElement.EnumerateArray()];
        Assert.Equal(2, findings.Select(static finding => finding.GetProperty("fingerprint").GetString()).Distinct().Count());
    }

    [Fact]
    public void JUnit_has_a_suite_a_spec()
    {
        ProcessRun run = _sandbox.RunIn("sub", "lint", "--format", "junit", ".", "missing.vpython3");
        Assert.Equal(2, run.ExitCode);
        XElement root = XDocument.Parse(run.Output).Root!;
        Assert.Equal("testsuites", root.Name);
        XElement[] suites = [.. root.Elements("testsuite")];
        Assert.Equal(["./clean.vpython3", "./" + Path, "./errors.vpython3", "vpython3 lint"], suites.Select(static suite => suite.Attribute("name")!.Value));
        Assert.All(suites, static suite =>
        {
            Assert.Equal(suite.Attribute("tests")!.Value, $"{suite.Elements("testcase").Count()}");
            Assert.Equal(suite.Attribute("failures")!.Value, $"{suite.Descendants("failure").Count()}");
            Assert.Equal(suite.Attribute("errors")!.Value, $"{suite.Descendants("error").Count()}");
            Assert.All(suite.Elements("testcase"), static one => Assert.True(one.Attribute("name")!.Value.Length > 0 && one.Attribute("classname")!.Value.Length > 0));
        });
        Assert.Equal(root.Attribute("failures")!.Value, $"{root.Descendants("failure").Count()}");
        XElement failure = Assert.Single(root.Descendants("failure"), static one => one.Attribute("type")!.Value == "VPY2301");
        Assert.Equal("'custom/six-py2_py3' in this version stands at line 3 already. Remove one of the two.", failure.Attribute("message")!.Value);
        Assert.Equal("VPY3006", Assert.Single(root.Descendants("error")).Attribute("type")!.Value);
    }

    [Fact]
    public void JUnit_is_well_formed_whatever_a_spec_holds()
    {
        _sandbox.Write("sub/odd.vpython3", "wheel: <\n  \u0001\u001B\u000B: \"]]>&<\uFFFE\"\n>\n");
        Assert.NotNull(XDocument.Parse(_sandbox.RunIn("sub", "lint", "--format", "junit", "odd.vpython3").Output).Root);
    }

    [Fact]
    public void Gerrit_gets_robot_comments_with_replacements()
    {
        JsonElement review = JsonDocument.Parse(Lint("gerrit")).RootElement;
        JsonElement comments = review.GetProperty("robot_comments");
        Assert.Equal([Path, "errors.vpython3"], comments.EnumerateObject().Select(static file => file.Name));
        foreach (JsonElement comment in comments.EnumerateObject().SelectMany(static file => file.Value.EnumerateArray()))
        {
            Assert.NotEmpty(comment.GetProperty("robot_id").GetString()!);
            Assert.NotEmpty(comment.GetProperty("robot_run_id").GetString()!);
            Assert.NotEmpty(comment.GetProperty("message").GetString()!);
            Assert.All(comment.GetProperty("properties").EnumerateObject(), static property => Assert.Equal(JsonValueKind.String, property.Value.ValueKind));
            if (comment.TryGetProperty("range", out JsonElement range))
            {
                // Gerrit refuses a comment whose line is not that of the end of its range.
                Assert.Equal(Number(range, "end_line"), Number(comment, "line"));
            }
        }
        JsonElement twice = Assert.Single(comments.GetProperty(Path).EnumerateArray(), static one => one.GetProperty("message").GetString()!.Contains("VPY2301", StringComparison.Ordinal));
        Assert.Equal((7, 8, 7, 28), RangeOf(twice));
        JsonElement suggestion = Assert.Single(twice.GetProperty("fix_suggestions").EnumerateArray());
        Assert.Equal("Remove this wheel", suggestion.GetProperty("description").GetString());
        JsonElement replacement = Assert.Single(suggestion.GetProperty("replacements").EnumerateArray());
        Assert.Equal((Path, ""), (replacement.GetProperty("path").GetString(), replacement.GetProperty("replacement").GetString()));
        Assert.Equal((6, 0, 10, 0), RangeOf(replacement));
    }

    [Fact]
    public void Gerrit_gets_no_places_in_a_text_with_ends_of_lines_that_are_none_for_it()
    {
        _sandbox.Write("sub/returns.vpython3", ("python_version: \"3.8\"\n" + Wheel + Wheel).Replace('\n', '\r'));
        JsonElement[] comments = [.. JsonDocument.Parse(_sandbox.RunIn("sub", "lint", "--format", "gerrit", "returns.vpython3").Output).RootElement.GetProperty("robot_comments").GetProperty("returns.vpython3").EnumerateArray()];
        Assert.Contains(comments, static comment => comment.GetProperty("message").GetString()!.Contains("VPY2301", StringComparison.Ordinal));
        Assert.All(comments, static comment => Assert.False(comment.TryGetProperty("line", out _) || comment.TryGetProperty("range", out _) || comment.TryGetProperty("fix_suggestions", out _)));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("gitlab")]
    [InlineData("gerrit")]
    [InlineData("rdjson")]
    public void A_run_that_can_look_at_nothing_writes_a_document_all_the_same(string format)
    {
        _sandbox.Environment["VPYTHON_CATALOGUE"] = _sandbox.Write("broken.catalogue", "no catalogue");
        ProcessRun run = _sandbox.RunIn("sub", "lint", "--format", format, "clean.vpython3");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("broken.catalogue", run.Error, StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, JsonDocument.Parse(run.Output).RootElement.ValueKind);
    }

    [Fact]
    public void Reviewdog_gets_columns_in_bytes()
    {
        JsonElement result = JsonDocument.Parse(Lint("rdjson")).RootElement;
        Assert.Equal("vpython3 lint", result.GetProperty("source").GetProperty("name").GetString());
        JsonElement[] findings = [.. result.GetProperty("diagnostics").EnumerateArray()];
        Assert.All(findings, static finding =>
        {
            Assert.Contains(finding.GetProperty("severity").GetString(), (string[])["ERROR", "WARNING", "INFO"]);
            Assert.NotEmpty(finding.GetProperty("message").GetString()!);
        });
        JsonElement twice = Assert.Single(findings, static one => one.GetProperty("code").GetProperty("value").GetString() == "VPY2301");
        Assert.Equal(Path, twice.GetProperty("location").GetProperty("path").GetString());
        JsonElement suggestion = Assert.Single(twice.GetProperty("suggestions").EnumerateArray());
        Assert.Equal(6, Number(suggestion.GetProperty("range").GetProperty("start"), "line"));
        Assert.Equal("", suggestion.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("json-lines", 11)]
    [InlineData("rdjson", 15)]
    [InlineData("gerrit", 11)]
    public void Columns_are_counted_as_each_format_says(string format, int start)
    {
        // Before the finding: a character of four bytes and two UTF-16 units, and one of two bytes.
        _sandbox.Write("sub/columns.vpython3", "a: \"\U0001F600\u00FC\" ; ;\n");
        string output = _sandbox.RunIn("sub", "lint", "--format", format, "--select", "VPY1016", "columns.vpython3").Output;
        JsonElement root = JsonDocument.Parse(output).RootElement;
        (int Start, int End) found = format switch
        {
            "rdjson" => Columns(root.GetProperty("diagnostics")[0].GetProperty("location").GetProperty("range")),
            "gerrit" => (Number(root.GetProperty("robot_comments").GetProperty("columns.vpython3")[0].GetProperty("range"), "start_character"), Number(root.GetProperty("robot_comments").GetProperty("columns.vpython3")[0].GetProperty("range"), "end_character")),
            _ => (Number(root, "column"), Number(root, "endColumn")),
        };
        Assert.Equal((start, start + 1), found);

        static (int Start, int End) Columns(JsonElement range) => (Number(range.GetProperty("start"), "column"), Number(range.GetProperty("end"), "column"));
    }

    private static (int, int, int, int) RangeOf(JsonElement element)
    {
        JsonElement range = element.GetProperty("range");
        return (Number(range, "start_line"), Number(range, "start_character"), Number(range, "end_line"), Number(range, "end_character"));
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private string Lint(string format)
    {
        ProcessRun run = _sandbox.RunIn("sub", "lint", "--format", format);
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        return run.Output;
    }

    [GeneratedRegex("^::(error|warning|notice) title=[^,:]+,file=[^,:]+,line=[0-9]+(,col=[0-9]+,endLine=[0-9]+,endColumn=[0-9]+|,endLine=[0-9]+)::.+$")]
    private static partial Regex WorkflowCommand();
}
