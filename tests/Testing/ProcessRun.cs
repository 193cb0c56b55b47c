using System.Diagnostics;
using System.Text;

namespace VPythonTools.Testing;

/// <summary>What a finished process left behind.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal's number where a signal ended it.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record ProcessRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The path of the executable.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="directory">Where it starts; the current directory when null.</param>
    /// <param name="environment">Variables to set, or to remove where the value is null.</param>
    /// <param name="input">What it reads on standard input; nothing when null.</param>
    /// <param name="clearEnvironment">Whether it sees only <paramref name="environment"/>.</param>
    public static ProcessRun Of(
        string program,
        IEnumerable<string> arguments,
        string? directory = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        byte[]? input = null,
        bool clearEnvironment = false)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
            WorkingDirectory = directory ?? "",
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        if (clearEnvironment) start.Environment.Clear();
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            if (input is not null) process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input, as a program may.
        }
        process.WaitForExit();
        return new(process.ExitCode, output.Result, error.Result);
    }
}
