using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Interpreters;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Commands;

/// <summary>What a run would use and why, for people and for programs.</summary>
/// <param name="found">The spec and its trace.</param>
/// <param name="run">The run in question.</param>
internal sealed class RunExplanation(ProbeResult found, Invocation run)
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private InterpreterSelection? _interpreter;
    private Pep425Tag? _tag;
    private ImmutableArray<Package> _packages = [];
    private EnvironmentPlan? _plan;

    /// <summary>Goes from the spec to the environment as far as it can; gives the failure that ended it, or null.</summary>
    public Failure? Complete()
    {
        if (!EnvironmentPreparation.BindSpec(found).TryGet(out EnvironmentPreparation.SpecBinding? binding, out Failure? failure)
            || !EnvironmentPlanner.ChooseInterpreter(run.Interpreters, binding.Spec).TryGet(out _interpreter, out failure)
            || !EnvironmentPlanner.Expand(binding.Spec, _interpreter).TryGet(out ExpandedPackages? expanded, out failure))
            return failure;
        _tag = expanded.Tag;
        _packages =
        [
            .. expanded.Packages.Select(package => new Package(
                package.Name.ToString(), package.Version.ToString(), null, EnvironmentPlanner.LocateWheel(binding.Spec!, package.WheelIndex))),
        ];

        var planner = new EnvironmentPlanner(run.Interpreters, () => run.Packages.Open());
        if (!planner.Plan(binding.Spec, _interpreter).TryGet(out _plan, out failure)) return failure;
        _packages = [.. _plan.Packages.Select(package => new Package(package.Pin.Name.ToString(), package.Version.ToString(), package.Pin.Instance.ToString(), package.Location))];
        return null;
    }

    /// <summary>The word of a rule by which specs are found.</summary>
    internal static string KindOf(SpecOrigin origin) => origin switch
    {
        SpecOrigin.Explicit => "explicit",
        SpecOrigin.Partner => "partner",
        SpecOrigin.PartnerOfLinkTarget => "partner-of-link-target",
        SpecOrigin.Embedded => "embedded",
        SpecOrigin.Common => "common",
        SpecOrigin.Default => "default",
        _ => "none",
    };

    /// <summary>The explanation as text, for people.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        Row("spec", found.Path ?? "none");
        Row("kind", $"{KindOf(found.Origin)}: {SpecOriginText.WhyOf(found.Origin)}");
        text.Append("looked at\n");
        foreach (ProbeStep step in found.Trace) text.Append("  ").Append(step).Append('\n');
        if (_interpreter is null) return text.ToString();

        Row("interpreter", $"{_interpreter.Facts.Executable} (Python {_interpreter.Facts.Version})");
        foreach (InterpreterCandidate candidate in _interpreter.Candidates.Where(candidate => candidate.Refusal is not null))
            text.Append("  not ").Append(candidate).Append('\n');
        Row("tag", _tag?.ToString() ?? "none");
        Row("packages", _packages.IsEmpty ? "none" : _packages.Length.ToString(CultureInfo.InvariantCulture));
        foreach (Package package in _packages)
            text.Append(CultureInfo.InvariantCulture, $"  {package.Name} {package.Version} = {package.Instance ?? "not resolved"} ({package.Location})\n");
        if (_plan is null) return text.ToString();

        Row("environment", _plan.Id);
        Row("path", run.Layout.Environment(_plan.Id));
        Row("ready", run.Store.IsReady(_plan.Id) ? "yes" : "no: the first run builds it");
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
            WriteInterpreter(json);
            json.WriteString("tag", _tag?.ToString());
            WritePackages(json);
            WriteEnvironment(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private void WriteSpec(Utf8JsonWriter json)
    {
        json.WriteStartObject("spec");
        json.WriteString("path", found.Path);
        json.WriteString("kind", KindOf(found.Origin));
        json.WriteString("why", SpecOriginText.WhyOf(found.Origin));
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

    private void WriteInterpreter(Utf8JsonWriter json)
    {
        if (_interpreter is null)
        {
            json.WriteNull("interpreter");
            return;
        }
        json.WriteStartObject("interpreter");
        json.WriteString("path", _interpreter.Facts.Executable);
        json.WriteString("version", _interpreter.Facts.Version);
        json.WriteStartArray("candidates");
        foreach (InterpreterCandidate candidate in _interpreter.Candidates)
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

    private void WritePackages(Utf8JsonWriter json)
    {
        json.WriteStartArray("packages");
        foreach (Package package in _packages)
        {
            json.WriteStartObject();
            json.WriteString("name", package.Name);
            json.WriteString("version", package.Version);
            json.WriteString("instance", package.Instance);
            json.WriteString("location", package.Location);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteEnvironment(Utf8JsonWriter json)
    {
        if (_plan is null)
        {
            json.WriteNull("environment");
            return;
        }
        json.WriteStartObject("environment");
        json.WriteString("id", _plan.Id);
        json.WriteString("path", run.Layout.Environment(_plan.Id));
        json.WriteBoolean("ready", run.Store.IsReady(_plan.Id));
        json.WriteEndObject();
    }

    /// <summary>A package as it is told.</summary>
    /// <param name="Name">Its expanded name.</param>
    /// <param name="Version">The version as the spec has it.</param>
    /// <param name="Instance">What the version means; null where that is not known.</param>
    /// <param name="Location">The place of the wheel in the spec.</param>
    private sealed record Package(string Name, string Version, string? Instance, string Location);
}
