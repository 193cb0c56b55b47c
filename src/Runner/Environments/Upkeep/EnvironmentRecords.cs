using System.Text.Json;
using VPythonTools.Runner.CommandLine;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>The records of a store's environments. They are for people and for repairs: a run needs none of them, and one that cannot be written is not.</summary>
/// <param name="layout">Where they are.</param>
/// <param name="log">Where it is said that one cannot be written.</param>
internal sealed class EnvironmentRecords(StoreLayout layout, Log log)
{
    /// <summary>The record of an environment; null when there is none, or it is damaged or of another version.</summary>
    public EnvironmentRecord? Find(string id)
    {
        try
        {
            EnvironmentRecord? record = JsonSerializer.Deserialize(File.ReadAllBytes(layout.Record(id)), EnvironmentRecordJson.Default.EnvironmentRecord);
            return record?.Id == id ? record : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Records an environment that is complete and has not its name yet, so that none has its name without a record.</summary>
    /// <param name="plan">What it was made from.</param>
    /// <param name="aside">Where it is.</param>
    public void Begin(EnvironmentPlan plan, string aside) => Write(new(
        plan.Id,
        DateTimeOffset.UtcNow,
        new(plan.Interpreter.Facts.Executable, plan.Interpreter.Facts.Version),
        [.. plan.Packages.Select(package => new EnvironmentRecord.Package(package.Pin.Name.Value, package.Version.Value, package.Pin.Instance.Value))],
        EnvironmentContent.Mark(aside, plan.Interpreter.Facts),
        Find(plan.Id)?.Users ?? []));

    /// <summary>Notes whom an environment was prepared for.</summary>
    public void NoteUser(string id, Invocation invocation, ProbeResult found)
    {
        if (Find(id) is not { } record) return;
        string? script = invocation.Python.Target == PythonTarget.Script ? Absolute(invocation.Python.TargetValue!) : null;
        EnvironmentRecord noted = record.With(new(script, found.Path is { } spec ? Absolute(spec) : null, DateTimeOffset.UtcNow));
        if (noted != record) Write(noted);

        string Absolute(string path) => Path.GetFullPath(path, invocation.WorkingDirectory);
    }

    private void Write(EnvironmentRecord record)
    {
        try
        {
            AtomicFile.Write(layout.Record(record.Id), JsonSerializer.SerializeToUtf8Bytes(record, EnvironmentRecordJson.Default.EnvironmentRecord));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Debug($"nothing is recorded of environment {record.Id}: {exception.Message}");
        }
    }
}
