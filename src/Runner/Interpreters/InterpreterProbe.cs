using System.Diagnostics;
using System.Text;
using System.Text.Json;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Interpreters;

/// <summary>Asks a candidate who it is, by running it once with <c>probe.py</c>.</summary>
/// <param name="timeout">How long a candidate may take to answer.</param>
internal sealed class InterpreterProbe(TimeSpan timeout)
{
    /// <summary>Set for a candidate while it is asked: a wrapper that ends in this program is recognised by it instead of asking in circles.</summary>
    public const string ProbingVariable = "VPYTHON_PROBING";

    /// <summary>What this program exits with when a candidate turns out to be this program.</summary>
    public const int WrapperExitCode = 119;

    /// <summary>Why such a candidate is of no use.</summary>
    public const string IsWrapper = "is a wrapper of vpython3 itself";

    private const string Marker = "vpython-probe:";
    private const int LongestAnswer = 64 * 1024;

    private static string Script { get; } = ReadScript();

    /// <summary>The answer, or why there is none, as a clause that goes behind the candidate's path.</summary>
    public (ProbeAnswer? Answer, string? Refusal) Ask(string path, EnvironmentBlock environment)
    {
        var start = new ProcessStartInfo(path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string argument in (string[])["-I", "-S", "-B", "-c", Script]) start.ArgumentList.Add(argument);
        environment.CopyTo(start.Environment);
        start.Environment[ProbingVariable] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = ReadBounded(process.StandardOutput);
            Task<string> error = ReadBounded(process.StandardError);
            if (!process.WaitForExit(timeout) || !Task.WaitAll([output, error], timeout))
            {
                process.Kill(entireProcessTree: true);
                return (null, $"gave no answer within {timeout.TotalSeconds:0} seconds");
            }
            if (process.ExitCode == WrapperExitCode) return (null, IsWrapper);
            return Read(output.Result) is { } answer ? (answer, null) : (null, Why(process.ExitCode, error.Result));
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (null, $"cannot be started: {exception.Message}");
        }
    }

    private static ProbeAnswer? Read(string output)
    {
        int marker = output.LastIndexOf(Marker, StringComparison.Ordinal);
        if (marker < 0) return null;
        string line = output[(marker + Marker.Length)..].TrimEnd();
        try
        {
            return JsonSerializer.Deserialize(line, ProbeJson.Default.ProbeAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Why(int exitCode, string error)
    {
        string lastLine = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it printed nothing";
        return $"is not a usable Python 3: it ended with exit code {exitCode} ({lastLine})";
    }

    private static async Task<string> ReadBounded(StreamReader reader)
    {
        char[] buffer = new char[LongestAnswer];
        int read = await reader.ReadBlockAsync(buffer).ConfigureAwait(false);
        // What is beyond the bound is read and forgotten, so that the candidate can end.
        char[] rest = new char[4096];
        while (await reader.ReadAsync(rest).ConfigureAwait(false) > 0)
        {
        }
        return new string(buffer, 0, read);
    }

    private static string ReadScript()
    {
        using Stream resource = typeof(InterpreterProbe).Assembly.GetManifestResourceStream("probe.py")!;
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
