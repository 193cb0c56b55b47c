using System.Text.Json.Serialization;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Interpreters;

/// <summary>What is remembered of a candidate: its answer, or why it gave none.</summary>
/// <param name="Path">The candidate's path.</param>
/// <param name="Fingerprint">The file that was asked.</param>
/// <param name="Answer">What it answered; null when it gave no usable answer.</param>
/// <param name="Refusal">Why it is of no use; null when it answered.</param>
internal sealed record ProbeRecord(string Path, FileFingerprint Fingerprint, ProbeAnswer? Answer, string? Refusal);

/// <summary>How probe records become JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ProbeRecord))]
[JsonSerializable(typeof(ProbeAnswer))]
internal sealed partial class ProbeJson : JsonSerializerContext;
