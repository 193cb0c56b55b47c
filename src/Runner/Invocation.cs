using VPythonTools.Runner.CommandLine;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Interpreters;

namespace VPythonTools.Runner;

/// <summary>One run of this program: what the caller said and gave, and what follows from it. What costs time is made when it is first asked for.</summary>
internal sealed class Invocation
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(30);

    public Invocation(RunnerOptions options, PythonCommandLine python, EnvironmentBlock environment)
    {
        Options = options;
        Python = python;
        Environment = environment;
        WorkingDirectory = Directory.GetCurrentDirectory();
        Log = new(options.LogLevel ?? (environment.NonEmpty("VPYTHON_LOG_TRACE") is null ? LogLevel.Warning : LogLevel.Debug));
        Layout = StoreLayout.Choose(options.Root, environment, WorkingDirectory);
        Store = new(Layout, Log);
        ProgramDirectory = FindProgramDirectory();
    }

    /// <summary>Our flags.</summary>
    public RunnerOptions Options { get; }

    /// <summary>Python's command line.</summary>
    public PythonCommandLine Python { get; }

    /// <summary>The caller's variables.</summary>
    public EnvironmentBlock Environment { get; }

    /// <summary>Where the caller stands.</summary>
    public string WorkingDirectory { get; }

    /// <summary>What is said on the way.</summary>
    public Log Log { get; }

    /// <summary>Where things are kept.</summary>
    public StoreLayout Layout { get; }

    /// <summary>The environments.</summary>
    public EnvironmentStore Store { get; }

    /// <summary>The directory of this program, links resolved: bundled interpreters lie in it.</summary>
    public string ProgramDirectory { get; }

    /// <summary>Where packages come from, as the user named it, a directory as an absolute path; null when nothing is named.</summary>
    public string? PackagesLocation
    {
        get
        {
            string? named = Options.Packages ?? Environment.NonEmpty("VPYTHON_PACKAGES");
            if (string.IsNullOrEmpty(named)) return null;
            return named.Contains("://", StringComparison.Ordinal) ? named : Path.GetFullPath(named, WorkingDirectory);
        }
    }

    /// <summary>Chooses interpreters.</summary>
    public InterpreterFinder Interpreters => new(new(Layout.Interpreters, new(ProbeTimeout), Log), Environment, ProgramDirectory);

    private static string FindProgramDirectory()
    {
        string program = System.Environment.ProcessPath ?? "";
        string resolved = new FileInfo(program).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program;
        return Path.GetDirectoryName(resolved) ?? "";
    }
}
