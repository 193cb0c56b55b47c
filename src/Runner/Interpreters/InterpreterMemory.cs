using System.Text;
using System.Text.Json;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Interpreters;

/// <summary>
/// Remembers what interpreters said, by path, inode, size and time of change, so that each is asked once. A damaged or stale memory only costs
/// another question.
/// </summary>
/// <param name="directory">Where the records are kept.</param>
/// <param name="probe">Who asks.</param>
/// <param name="log">Where each question is noted.</param>
internal sealed class InterpreterMemory(string directory, InterpreterProbe probe, Log log)
{
    /// <summary>What the file at this path said when it was asked, or says now.</summary>
    /// <param name="path">The candidate; it exists.</param>
    /// <param name="environment">The variables that the candidate sees when it is asked.</param>
    public ProbeRecord Recall(string path, EnvironmentBlock environment)
    {
        FileFingerprint fingerprint = FileFingerprint.Of(path);
        string file = FileOf(path);
        if (Read(file) is { } known && known.Path == path && known.Fingerprint == fingerprint && SeedWheelsExist(known)) return known;
        return AskAgain(path, environment);
    }

    /// <summary>What the file at this path says now.</summary>
    public ProbeRecord AskAgain(string path, EnvironmentBlock environment)
    {
        log.Debug($"asking {path} who it is");
        // Before it is asked: an answer must never be remembered as that of a file that took its place meanwhile.
        FileFingerprint fingerprint = FileFingerprint.Of(path);
        (ProbeAnswer? answer, string? refusal) = probe.Ask(path, environment);
        var record = new ProbeRecord(path, fingerprint, answer, refusal);
        // A candidate that failed may do better next time (a full disk, a missing library): only answers are remembered.
        if (answer is not null) Write(FileOf(path), record);
        return record;
    }

    /// <summary>Whether a file of the memory is damaged, or about an interpreter that is gone.</summary>
    internal static bool IsAboutNothing(string file) => Read(file) is not { } record || IsGone(record.Path);

    /// <summary>What this user may not look at is not gone.</summary>
    private static bool IsGone(string path)
    {
        try
        {
            _ = File.GetAttributes(path);
            return !File.Exists(path);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private string FileOf(string path) => Path.Combine(directory, StableHash.Hex(Encoding.UTF8.GetBytes(path)) + ".json");

    // Debian's pip comes and goes with a package of its own, which leaves the interpreter's file as it is.
    private static bool SeedWheelsExist(ProbeRecord record) => record.Answer?.SeedWheels.All(File.Exists) ?? true;

    private static ProbeRecord? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), ProbeJson.Default.ProbeRecord);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private void Write(string file, ProbeRecord record)
    {
        try
        {
            AtomicFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(record, ProbeJson.Default.ProbeRecord));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Debug($"{record.Path} will be asked again: {exception.Message}");
        }
    }
}
