using System.Diagnostics;
using System.Text;
using VPythonTools.Lsp.Workspace;

namespace VPythonTools.Lsp.Commands;

/// <summary>The <c>vpython3</c> that commands start: the one that is configured, else the one beside the server. One that lies in a directory of the workspace is started only where the client trusts that.</summary>
internal sealed class RunnerProcess
{
    /// <summary>How much of what it prints is kept, in characters.</summary>
    private const int MostOutput = 1 << 20;

    private readonly string _path;

    private RunnerProcess(string path) => _path = path;

    /// <summary>Finds it.</summary>
    /// <param name="workspace">What is configured, and the directories.</param>
    /// <param name="runner">The program.</param>
    /// <returns>Why there is none; null when there is.</returns>
    public static string? Find(ServerWorkspace workspace, out RunnerProcess? runner)
    {
        runner = null;
        ServerSettings settings = workspace.Settings;
        if (settings.TrustsWorkspace == false) return "the workspace is not trusted, so nothing is started in it";
        string name = OperatingSystem.IsWindows() ? "vpython3.exe" : "vpython3";
        string path = settings.RunnerPath ?? Path.Combine(AppContext.BaseDirectory, name);
        if (!Path.IsPathFullyQualified(path)) return $"the path of vpython3 has to be absolute, and '{path}' is not: correct the setting vpython.runnerPath";
        if (!File.Exists(path)) return settings.RunnerPath is null ? $"there is no vpython3 beside the server: put it at '{path}', or name it in the setting vpython.runnerPath" : $"there is no '{path}', which the setting vpython.runnerPath names";
        bool isInWorkspace = workspace.Current.Folders.Any(folder => path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        if (isInWorkspace && settings.RunnerPath is not null && settings.TrustsWorkspace != true) return $"'{path}' lies in the workspace, and the client does not say that the workspace is trusted";
        runner = new(path);
        return null;
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="catalogue">The catalogue that is configured; null for its own choice.</param>
    /// <param name="hear">Told of each line on standard error, where it tells of its progress.</param>
    /// <param name="cancellation">Ends it, and what it started.</param>
    public async Task<(int ExitCode, string Output, string Errors)> RunAsync(IEnumerable<string> arguments, string directory, string? catalogue, Action<string> hear, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(_path, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            CreateNoWindow = true,
        };
        if (catalogue is not null) start.Environment["VPYTHON_CATALOGUE"] = catalogue;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{_path} does not start");
        process.StandardInput.Close();
        var output = new StringBuilder();
        var errors = new StringBuilder();
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            Keep(errors, line.Data);
            if (line.Data is { Length: > 0 } text) hear(text);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        lock (output)
            lock (errors) return (process.ExitCode, output.ToString(), errors.ToString());
    }

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text)
        {
            if (text.Length + line.Length < MostOutput) text.Append(line).Append('\n');
        }
    }
}
