using System.Text;
using VPythonTools.Testing;

namespace VPythonTools.Runner.Tests.Commands;

/// <summary>A directory and the built program, run in it with nothing of the caller's configuration.</summary>
internal sealed class CommandSandbox : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>The built program.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "vpython3.exe" : "vpython3");

    /// <summary>The absolute path of the directory.</summary>
    public string Root => _directory.Path;

    /// <summary>Variables for runs.</summary>
    public Dictionary<string, string?> Environment { get; } = new()
    {
        ["NO_COLOR"] = null,
        ["VPYTHON_CATALOGUE"] = null,
        ["VPYTHON_DEFAULT_SPEC"] = null,
        ["GIT_DIR"] = null,
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_SYSTEM"] = "/dev/null",
        ["GIT_AUTHOR_NAME"] = "A",
        ["GIT_AUTHOR_EMAIL"] = "a@example.com",
        ["GIT_COMMITTER_NAME"] = "A",
        ["GIT_COMMITTER_EMAIL"] = "a@example.com",
    };

    /// <summary>The path of something in the directory.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => _directory.Combine(parts);

    /// <summary>Writes a file; gives its path.</summary>
    public string Write(string path, string content) => _directory.Write(path, content);

    /// <summary>Reads a file.</summary>
    public string Read(string path) => File.ReadAllText(Combine(path));

    /// <summary>Runs the program.</summary>
    public ProcessRun Run(params IEnumerable<string> arguments) => ProcessRun.Of(Program, arguments, Root, Environment, []);

    /// <summary>Runs the program in a directory of the directory.</summary>
    public ProcessRun RunIn(string directory, params IEnumerable<string> arguments) => ProcessRun.Of(Program, arguments, Combine(directory), Environment, []);

    /// <summary>Runs the program with input.</summary>
    public ProcessRun RunWithInput(string input, params IEnumerable<string> arguments) => ProcessRun.Of(Program, arguments, Root, Environment, Encoding.UTF8.GetBytes(input));

    /// <summary>Runs Git, which has to succeed.</summary>
    public string Git(params IEnumerable<string> arguments)
    {
        ProcessRun run = ProcessRun.Of(Requirement.Tool("git"), arguments, Root, Environment);
        if (run.ExitCode != 0) throw new InvalidOperationException(run.Error);
        return run.Output;
    }

    public void Dispose() => _directory.Dispose();
}
