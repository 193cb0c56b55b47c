using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Console;

/// <summary>
/// How long each step of a run took, for whoever asks: as lines of the log, and as JSON in the file that <c>VPYTHON_TIMINGS</c> names. Nobody who does not ask pays for it: there is no object then.
/// Names of files and of packages go here, values of the caller's variables do not.
/// </summary>
/// <param name="log">Where each step is told.</param>
/// <param name="file">The file for the JSON, as an absolute path; null when none was asked for.</param>
/// <param name="launched">When the process was started, as <see cref="Stopwatch.GetTimestamp"/> counts.</param>
internal sealed class Timings(Log log, string? file, long launched)
{
    /// <summary>The variable that names the file.</summary>
    public const string Variable = "VPYTHON_TIMINGS";

    private readonly List<(string Name, string Outcome, double Milliseconds)> _steps = [];
    private readonly Lock _lock = new();
    private long _last = launched;

    /// <summary>A step is done; it began when the one before was done.</summary>
    /// <param name="name">What it is called in the JSON, always the same.</param>
    /// <param name="outcome">What came of it, for people.</param>
    public void Step(string name, string outcome)
    {
        long now = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            double milliseconds = Stopwatch.GetElapsedTime(_last, now).TotalMilliseconds;
            _steps.Add((name, outcome, milliseconds));
            _last = now;
            log.Debug(string.Create(CultureInfo.InvariantCulture, $"{milliseconds,8:0.000} ms  {name}: {outcome}"));
        }
    }

    /// <summary>
    /// Writes the JSON, if it was asked for. What cannot be written to is a warning and keeps nothing from running: neither a pipe that nobody reads, nor standard output, which belongs to the script.
    /// </summary>
    public void Write()
    {
        if (file is null) return;
        if (file is "/dev/stderr" or "/dev/fd/2" or "/proc/self/fd/2")
        {
            StandardStreams.WriteError(ToJson());
            return;
        }
        try
        {
            if (IsStandardOutput(file)) throw new IOException("it is standard output, which belongs to the script");
            using SafeFileHandle handle = RegularFile.OpenToWrite(file);
            RandomAccess.SetLength(handle, 0);
            RandomAccess.Write(handle, Encoding.UTF8.GetBytes(ToJson()), fileOffset: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning(new Failure("VPY3046", $"the timings cannot be written to '{file}': {exception.Message}") { NextStep = $"name a file in {Variable}, or /dev/stderr" }.Warning);
        }
    }

    private static bool IsStandardOutput(string path) =>
        path is "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1" || (!OperatingSystem.IsWindows() && FileFingerprint.Of(path).IsSameFileAs(FileFingerprint.Of("/dev/fd/1")));

    private string ToJson()
    {
        var text = new StringBuilder("{\n  \"version\": 1,\n  \"steps\": [");
        lock (_lock)
        {
            for (int index = 0; index < _steps.Count; index++)
            {
                (string name, string outcome, double milliseconds) = _steps[index];
                text.Append(index == 0 ? "\n" : ",\n")
                    .Append(CultureInfo.InvariantCulture, $"    {{ \"name\": {Quote(name)}, \"ms\": {milliseconds:0.000}, \"outcome\": {Quote(outcome)} }}");
            }
            text.Append(CultureInfo.InvariantCulture, $"\n  ],\n  \"total_ms\": {_steps.Sum(step => step.Milliseconds):0.000}\n}}\n");
        }
        return text.ToString();
    }

    private static string Quote(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(text)}\"";
}
