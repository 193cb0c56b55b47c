using System.Collections.Immutable;
using System.Text.Json;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>A SARIF 2.1.0 log of one run. Lines and columns count from one, columns in characters.</summary>
internal sealed class SarifFormat : ILintFormat
{
    private const string Root = "%SRCROOT%";

    /// <inheritdoc/>
    public string Write(LintReport report) => LintJson.Write(json => WriteLog(json, report), isIndented: true) + "\n";

    private static void WriteLog(Utf8JsonWriter json, LintReport report)
    {
        // Only the kinds that were found: the log of a clean run is short.
        ImmutableArray<string> rules = [.. report.Findings.Select(static finding => finding.Diagnostic.Id).Distinct().Order(StringComparer.Ordinal)];
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "vpython3 lint");
        json.WriteString("version", typeof(SarifFormat).Assembly.GetName().Version!.ToString(3));
        json.WriteStartArray("rules");
        foreach (string rule in rules) WriteRule(json, DiagnosticReference.Find(rule)!);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        WriteInvocation(json, report);
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(Root);
        json.WriteString("uri", new Uri(Path.EndsInDirectorySeparator(report.Root) ? report.Root : report.Root + Path.DirectorySeparatorChar).AbsoluteUri);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "unicodeCodePoints");
        json.WriteStartArray("results");
        var fingerprints = new FindingFingerprints();
        foreach (Finding finding in report.Findings) WriteResult(json, report, finding, rules.IndexOf(finding.Diagnostic.Id), fingerprints.Next(finding));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, DiagnosticReferenceEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("id", entry.Descriptor.Id);
        WriteText(json, "shortDescription", entry.Descriptor.Title);
        if (entry.Documentation is { } documentation) WriteText(json, "fullDescription", documentation.WhatItDoes);
        json.WriteStartObject("help");
        json.WriteString("text", $"vpython3 rule {entry.Descriptor.Id} says more.");
        json.WriteString("markdown", entry.ToMarkdown());
        json.WriteEndObject();
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", LevelOf(entry.Descriptor.DefaultSeverity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue(entry.CategoryName);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, LintReport report)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", report.Failures.IsEmpty);
        if (!report.Failures.IsEmpty)
        {
            json.WriteStartArray("toolExecutionNotifications");
            foreach (Failure failure in report.Failures)
            {
                json.WriteStartObject();
                json.WriteString("level", "error");
                WriteText(json, "message", failure.ToString());
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, LintReport report, Finding finding, int ruleIndex, string fingerprint)
    {
        Diagnostic diagnostic = finding.Diagnostic;
        json.WriteStartObject();
        json.WriteString("ruleId", diagnostic.Id);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("level", LevelOf(diagnostic.Severity));
        WriteText(json, "message", diagnostic.Message);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        WritePlace(json, UriOf(finding.Spec.RepositoryPath), finding.Text, diagnostic.Span);
        json.WriteEndObject();
        json.WriteEndArray();
        if (!diagnostic.Related.IsEmpty)
        {
            json.WriteStartArray("relatedLocations");
            foreach (RelatedPlace place in diagnostic.Related)
            {
                json.WriteStartObject();
                WritePlace(json, UriOf(ReferenceEquals(place.Text, finding.Text) ? finding.Spec.RepositoryPath : RelativePath.Of(report.Root, place.Text.Path)), place.Text, place.Span);
                WriteText(json, "message", place.Message);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteStartObject("partialFingerprints");
        json.WriteString("vpythonLine/v1", fingerprint);
        json.WriteEndObject();
        if (!diagnostic.Fixes.IsEmpty) WriteFixes(json, finding);
        json.WriteEndObject();
    }

    private static void WriteFixes(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartArray("fixes");
        foreach (CodeFix fix in finding.Diagnostic.Fixes.Where(static fix => fix.Changes.Length > 0))
        {
            json.WriteStartObject();
            WriteText(json, "description", fix.Title);
            json.WriteStartArray("artifactChanges");
            json.WriteStartObject();
            WriteArtifact(json, UriOf(finding.Spec.RepositoryPath));
            json.WriteStartArray("replacements");
            foreach (TextChange change in fix.Changes)
            {
                json.WriteStartObject();
                WriteRegion(json, "deletedRegion", finding.Text, change.Span);
                WriteText(json, "insertedContent", change.NewText);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter json, string uri, SourceText text, TextSpan span)
    {
        json.WriteStartObject("physicalLocation");
        WriteArtifact(json, uri);
        WriteRegion(json, "region", text, span);
        json.WriteEndObject();
    }

    private static void WriteArtifact(Utf8JsonWriter json, string uri)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", uri);
        if (!uri.StartsWith("file:", StringComparison.Ordinal)) json.WriteString("uriBaseId", Root);
        json.WriteEndObject();
    }

    private static void WriteRegion(Utf8JsonWriter json, string name, SourceText text, TextSpan span)
    {
        LinePosition start = text.GetCharacterPosition(span.Start);
        LinePosition end = text.GetCharacterPosition(span.End);
        json.WriteStartObject(name);
        json.WriteNumber("startLine", start.Line + 1);
        json.WriteNumber("startColumn", start.Column + 1);
        json.WriteNumber("endLine", end.Line + 1);
        json.WriteNumber("endColumn", end.Column + 1);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string LevelOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };

    /// <summary>A path as a reference by the rules of URIs.</summary>
    private static string UriOf(string path) => Path.IsPathRooted(path) ? new Uri(path).AbsoluteUri : string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
