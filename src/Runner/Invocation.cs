using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.CommandLine;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Interpreters;

namespace VPythonTools.Runner;

/// <summary>One run of this program: what the caller said and gave, and what follows from it. What costs time is made when it is first asked for.</summary>
internal sealed class Invocation
{
    private const string DefaultService = "https://chrome-infra-packages.appspot.com";

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(30);

    public Invocation(RunnerOptions options, PythonCommandLine python, EnvironmentBlock environment)
    {
        Options = options;
        Python = python;
        Environment = environment;
        WorkingDirectory = FindWorkingDirectory();
        Log = new(options.LogLevel ?? (environment.NonEmpty("VPYTHON_LOG_TRACE") is null ? LogLevel.Warning : LogLevel.Debug));
        Timings = Log.Writes(LogLevel.Debug) || environment.NonEmpty(Timings.Variable) is not null ? MakeTimings() : null;
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

    /// <summary>How long each step takes; null where nobody asked.</summary>
    public Timings? Timings { get; }

    /// <summary>Where things are kept.</summary>
    public StoreLayout Layout { get; }

    /// <summary>The environments.</summary>
    public EnvironmentStore Store { get; }

    /// <summary>The directory of this program, links resolved: bundled interpreters lie in it.</summary>
    public string ProgramDirectory { get; }

    /// <summary>
    /// Where packages come from, the first first: what the flag says, else <c>VPYTHON_PACKAGES</c>, else <c>CIPD_SERVICE_URL</c>, else the service that the deployed client asks. Directories
    /// are absolute paths.
    /// </summary>
    public ImmutableArray<string> PackageLocations
    {
        get
        {
            if (NamedPackages is not { } named) return [Environment.NonEmpty("CIPD_SERVICE_URL") ?? DefaultService];
            return [.. named.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(location => IsAddress(location) ? location : Path.GetFullPath(location, WorkingDirectory))];
        }
    }

    /// <summary>The places where packages come from.</summary>
    public PackageSources Packages => new(PackageLocations, Environment, Layout.Root, Log) { AreServices = NamedPackages is null };

    private string? NamedPackages => Options.Packages is { Length: > 0 } flag ? flag : Environment.NonEmpty("VPYTHON_PACKAGES");

    /// <summary>Whether a location is that of a service. Looked at on the way to every run, so no library is asked.</summary>
    public static bool IsAddress(string location) => location.Contains("://", StringComparison.Ordinal);

    /// <summary>
    /// What keeps the invocation from being carried out at all; null when nothing does. A path of ours has to be UTF-8, which .NET can open; a root
    /// where anybody could have made it first has to be the user's own.
    /// </summary>
    public Failure? Obstacle
    {
        get
        {
            ReadOnlySpan<(string Name, string? Value)> paths =
            [
                ("-vpython-root", Options.Root),
                ("-vpython-spec", Options.Spec),
                ("-vpython-packages", Options.Packages),
                ("VPYTHON_VIRTUALENV_ROOT", Environment["VPYTHON_VIRTUALENV_ROOT"]),
                ("VPYTHON_DEFAULT_SPEC", Environment["VPYTHON_DEFAULT_SPEC"]),
                ("VPYTHON_PACKAGES", Environment["VPYTHON_PACKAGES"]),
                ("CIPD_SERVICE_URL", Environment["CIPD_SERVICE_URL"]),
                (InterpreterFinder.OverrideVariable, Environment[InterpreterFinder.OverrideVariable]),
            ];
            foreach ((string name, string? value) in paths)
            {
                if (value is not null && NativeText.HasEscapes(value))
                    return new("VPY3002", $"the path in {name} is not UTF-8") { NextStep = "rename it, or name another one" };
            }
            return Layout.IsInSharedDirectory ? PrivateDirectory.Ensure(Layout.Root) : null;
        }
    }

    /// <summary>Chooses interpreters.</summary>
    public InterpreterFinder Interpreters => new(InterpreterMemory, Environment, ProgramDirectory);

    /// <summary>What interpreters said of themselves.</summary>
    public InterpreterMemory InterpreterMemory
    {
        get
        {
            // It may be what is written first in a root.
            OwnedDirectory.MakeAbove(Layout.Root);
            return new(Layout.Interpreters, new(ProbeTimeout), Log);
        }
    }

    private Timings MakeTimings()
    {
        string? file = Environment.NonEmpty(Timings.Variable) is { } path && !NativeText.HasEscapes(path) ? Path.GetFullPath(path, WorkingDirectory) : null;
        return new(Log, file, LaunchState.Time);
    }

    /// <summary>The run of Python with these arguments. Our flags of this run hold for it too, where it has none of its own.</summary>
    /// <param name="arguments">Our flags and Python's command line; the failure says what is wrong with it.</param>
    public Result<Invocation> ForRun(IReadOnlyList<string> arguments) => CommandLineSplitter.Split(arguments).Then<Invocation>(split => new Invocation(
        new()
        {
            Root = split.Options.Root ?? Options.Root,
            Spec = split.Options.Spec ?? Options.Spec,
            Packages = split.Options.Packages ?? Options.Packages,
            LogLevel = split.Options.LogLevel ?? Options.LogLevel,
            LinksLocally = split.Options.LinksLocally || Options.LinksLocally,
        },
        split.Python,
        Environment));

    /// <summary>A directory that was removed under its caller has no path; only absolute paths lead anywhere then, and Python runs there all the same.</summary>
    private static string FindWorkingDirectory()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "/";
        }
    }

    private static string FindProgramDirectory()
    {
        string program = System.Environment.ProcessPath ?? "";
        string resolved = new FileInfo(program).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program;
        return Path.GetDirectoryName(resolved) ?? "";
    }
}
