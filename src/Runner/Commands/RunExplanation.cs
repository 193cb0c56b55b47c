using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Interpreters;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner.Commands;

/// <summary>What a run would use and why, for people and for programs.</summary>
/// <param name="found">The spec and its trace.</param>
/// <param name="plan">What follows from it; null where that failed.</param>
/// <param name="run">The run in question.</param>
internal sealed class RunExplanation(ProbeResult found, EnvironmentPlan? plan, Invocation run)
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string SpecKind => found.Origin switch
    {
        SpecOrigin.Explicit => "explicit",
        SpecOrigin.Partner => "partner",
        SpecOrigin.PartnerOfLinkTarget => "partner-of-link-target",
        SpecOrigin.Embedded => "embedded",
        SpecOrigin.Common => "common",
        SpecOrigin.Default => "default",
        _ => "none",
    };

    private string Why => found.Origin switch
    {
        SpecOrigin.Explicit => "named by -vpython-spec",
        SpecOrigin.Partner => "its name is that of the script and .vpython3",
        SpecOrigin.PartnerOfLinkTarget => "the script is a link, and the spec's name is that of what the link leads to and .vpython3",
        SpecOrigin.Embedded => "it is in the script, between [VPYTHON:BEGIN] and [VPYTHON:END]",
        SpecOrigin.Common => "the nearest .vpython3 from the script's directory upwards",
        SpecOrigin.Default => "nothing else was found, and VPYTHON_DEFAULT_SPEC names it",
        _ => "nothing was found: an environment without packages",
    };

    /// <summary>The explanation as text, for people.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        Row("spec", found.Path ?? "none");
        Row("kind", $"{SpecKind}: {Why}");
        text.Append("looked at\n");
        foreach (ProbeStep step in found.Trace) text.Append("  ").Append(step).Append('\n');
        if (plan is null) return text.ToString();

        Row("interpreter", $"{plan.Interpreter.Facts.Executable} (Python {plan.Interpreter.Facts.Version})");
        foreach (InterpreterCandidate candidate in plan.Interpreter.Candidates.Where(candidate => candidate.Refusal is not null))
            text.Append("  not ").Append(candidate).Append('\n');
        Row("tag", plan.Tag?.ToString() ?? "none");
        Row("packages", plan.Packages.IsEmpty ? "none" : plan.Packages.Length.ToString(CultureInfo.InvariantCulture));
        foreach (PlannedPackage package in plan.Packages)
            text.Append(CultureInfo.InvariantCulture, $"  {package.Pin.Name} {package.Version} = {package.Pin.Instance} ({package.Location})\n");
        Row("environment", plan.Id);
        Row("path", run.Layout.Environment(plan.Id));
        Row("ready", run.Store.IsReady(plan.Id) ? "yes" : "no: the first run builds it");
        return text.ToString();

        void Row(string name, string value) => text.Append(name.PadRight(13)).Append(value).Append('\n');
    }

    /// <summary>The explanation as JSON, for programs; its members are described in <c>docs/user-guide.md</c>.</summary>
    public string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            WriteSpec(json);
            if (plan is null)
            {
                json.WriteNull("interpreter");
                json.WriteNull("environment");
            }
            else
            {
                WriteInterpreter(json, plan.Interpreter);
                WriteEnvironment(json, plan);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private void WriteSpec(Utf8JsonWriter json)
    {
        json.WriteStartObject("spec");
        json.WriteString("path", found.Path);
        json.WriteString("kind", SpecKind);
        json.WriteString("why", Why);
        json.WriteStartArray("trace");
        foreach (ProbeStep step in found.Trace)
        {
            json.WriteStartObject();
            json.WriteString("role", JsonNamingPolicy.KebabCaseLower.ConvertName(step.Role.ToString()));
            json.WriteString("path", step.Path);
            json.WriteString("outcome", JsonNamingPolicy.KebabCaseLower.ConvertName(step.Outcome.ToString()));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteInterpreter(Utf8JsonWriter json, InterpreterSelection interpreter)
    {
        json.WriteStartObject("interpreter");
        json.WriteString("path", interpreter.Facts.Executable);
        json.WriteString("version", interpreter.Facts.Version);
        json.WriteStartArray("candidates");
        foreach (InterpreterCandidate candidate in interpreter.Candidates)
        {
            json.WriteStartObject();
            json.WriteString("path", candidate.Path);
            json.WriteString("version", candidate.Version);
            json.WriteString("refusal", candidate.Refusal);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteEnvironment(Utf8JsonWriter json, EnvironmentPlan known)
    {
        json.WriteString("tag", known.Tag?.ToString());
        json.WriteStartArray("packages");
        foreach (PlannedPackage package in known.Packages)
        {
            json.WriteStartObject();
            json.WriteString("name", package.Pin.Name.ToString());
            json.WriteString("version", package.Version.ToString());
            json.WriteString("instance", package.Pin.Instance.ToString());
            json.WriteString("location", package.Location);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("environment");
        json.WriteString("id", known.Id);
        json.WriteString("path", run.Layout.Environment(known.Id));
        json.WriteBoolean("ready", run.Store.IsReady(known.Id));
        json.WriteEndObject();
    }
}
