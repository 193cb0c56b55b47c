using System.Diagnostics;
using VPythonTools.Testing;

namespace VPythonTools.Benchmarks;

/// <summary>A directory for one benchmark, the native executable, and the machine's Python, with the variables that would disturb left out.</summary>
internal sealed class Bench : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>The native <c>vpython3</c>.</summary>
    public string Runner { get; } = Directory
        .GetFiles(Path.Combine(SharedData.ProjectRoot, "src/Runner/bin/Release/net10.0"), "vpython3", SearchOption.AllDirectories)
        .SingleOrDefault(path => path.EndsWith("/publish/vpython3", StringComparison.Ordinal))
        ?? throw new InvalidOperationException("the native executable is missing: dotnet publish src/Runner -c Release");

    /// <summary>The Python that environments are made for: not a shim.</summary>
    public static string Python => "/usr/bin/python3";

    /// <summary>A path in the benchmark's directory.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => _directory.Combine(parts);

    /// <summary>Writes a file.</summary>
    public string Write(string name, string content) => _directory.Write(name, content);

    /// <summary>Runs a program to its end; its output is thrown away.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public void Run(string program, params IEnumerable<string> arguments) => RunIn(_directory.Path, program, arguments);

    /// <summary>Runs a program in a directory to its end; its output is thrown away.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public void RunIn(string directory, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = _directory.Path;
        start.Environment["LANG"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        // What fills a pipe that nobody reads would never end.
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        output.Wait();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error}");
    }

    /// <summary>Removes the directory.</summary>
    public void Dispose() => _directory.Dispose();
}
