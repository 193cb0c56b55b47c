using System.Collections.Immutable;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Interpreters;

/// <summary>
/// Chooses the interpreter for a spec: <c>VPYTHON_INTERPRETER</c> alone where it is set; else a bundled one beside this program; else one on PATH,
/// under the names <c>pythonX.Y</c>, <c>pythonX</c>, <c>python3</c>, <c>python</c>, each name in the order of PATH; else one that a tool installed (<see cref="InstalledPythons"/>). The first whose version the spec allows is taken. Shims
/// (programs that run another interpreter) are passed over while a real one will do; what a shim runs comes last.
/// </summary>
/// <param name="memory">What interpreters are known to be.</param>
/// <param name="environment">The caller's variables.</param>
/// <param name="programDirectory">Where this program lies, links resolved; bundled interpreters are in directories beside it, named by version.</param>
internal sealed class InterpreterFinder(InterpreterMemory memory, EnvironmentBlock environment, string programDirectory)
{
    private static readonly string ExecutableSuffix = OperatingSystem.IsWindows() ? ".exe" : "";

    private static string PlacesSearched => OperatingSystem.IsWindows() ? "PATH and the registry were searched" : "PATH and what pyenv, uv and conda installed were searched";

    /// <summary>The variable that names the distribution to use, a directory that holds <c>bin/python3</c>, or the executable itself.</summary>
    public const string OverrideVariable = "VPYTHON_INTERPRETER";

    /// <summary>The interpreter for this request; else a failure that lists every candidate, its version and why it was refused.</summary>
    public Result<InterpreterSelection> Find(PythonVersionRequest request)
    {
        var search = new Search(memory, environment, request);
        if (Named(environment) is { } named)
        {
            search.Watch(named);
            string[] executables = Directory.Exists(named) ? DistributionExecutables(named) : [named];
            return search.FirstOf(executables.Where(search.IsThere).Take(1)) ?? search.FromShims()
                ?? NotFound(request, search, $"{OverrideVariable} is '{environment[OverrideVariable]}'", $"correct {OverrideVariable}, or unset it to search PATH");
        }

        return search.FirstOf(BundledExecutables(request, search)) ?? search.OnPath() ?? search.FirstOf(Installed(request, search)) ?? search.FromShims()
            ?? NotFound(request, search, PlacesSearched, "install it, put it on PATH, or name its directory in " + OverrideVariable);
    }

    /// <summary>The distribution or executable that the user named, as an absolute path; null when there is none.</summary>
    public static string? Named(EnvironmentBlock environment) =>
        environment.NonEmpty(OverrideVariable) is { } named ? Path.GetFullPath(named) : null;

    private Failure NotFound(PythonVersionRequest request, Search search, string where, string nextStep)
    {
        // What tools installed under the name of another version was not asked, and is told all the same: it is what the reader looks for.
        ImmutableArray<InterpreterCandidate> all = Named(environment) is null ? [.. search.Candidates, .. OtherVersions(request, search)] : search.Candidates;
        IEnumerable<string> candidates = all.Select(candidate => "\n    " + candidate);
        string considered = all.IsEmpty ? "nothing that looks like Python was there" : "considered:" + string.Concat(candidates);
        return new("VPY3011", $"no Python {request} found: {where}, {considered}") { NextStep = nextStep };
    }

    /// <summary>The bundled executables whose directory name is a version that the request allows, highest first.</summary>
    private IEnumerable<string> BundledExecutables(PythonVersionRequest request, Search search)
    {
        // On macOS an application keeps its data in Contents/Resources, beside Contents/MacOS where its programs are.
        string bundles = OperatingSystem.IsMacOS() ? Path.Combine(programDirectory, "..", "Resources") : programDirectory;
        search.Watch(bundles);
        string[] directories;
        try
        {
            directories = Directory.GetDirectories(bundles);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
        return directories
            .Select(directory => (directory, version: Version.TryParse(Path.GetFileName(directory), out Version? version) ? version : null))
            .Where(bundle => bundle.version is { Revision: < 0 } version && MayBe(request, version))
            .OrderByDescending(bundle => bundle.version)
            .SelectMany(bundle => DistributionExecutables(bundle.directory))
            .Where(search.IsThere);
    }

    /// <summary>Whether a distribution of this version can be what is asked for; a version of two parts says nothing of the third.</summary>
    internal static bool MayBe(PythonVersionRequest request, Version version) =>
        request.IsSatisfiedBy(version.Major, version.Minor, version.Build < 0 ? request.Patch ?? 0 : version.Build);

    private IEnumerable<InterpreterCandidate> OtherVersions(PythonVersionRequest request, Search search) =>
        from installation in new InstalledPythons(environment).Named()
        where !MayBe(request, installation.Version) && search.Candidates.All(candidate => candidate.Path != installation.Executable) && File.Exists(installation.Executable)
        select new InterpreterCandidate(installation.Executable, installation.Version.ToString(), $"is not the version asked for, {request}");

    private IEnumerable<string> Installed(PythonVersionRequest request, Search search) =>
        new InstalledPythons(environment).Executables(request, search.Watch).Where(search.IsThere);

    private static string[] DistributionExecutables(string directory) =>
        OperatingSystem.IsWindows()
            ? [Path.Combine(directory, "bin", "python3.exe"), Path.Combine(directory, "bin", "python.exe"), Path.Combine(directory, "python.exe")]
            : [Path.Combine(directory, "bin", "python3"), Path.Combine(directory, "bin", "python")];

    /// <summary>One search: what was considered so far and what its outcome rests on.</summary>
    private sealed class Search(InterpreterMemory memory, EnvironmentBlock environment, PythonVersionRequest request)
    {
        private readonly ImmutableArray<InterpreterCandidate>.Builder _candidates = ImmutableArray.CreateBuilder<InterpreterCandidate>();
        private readonly ImmutableArray<WatchedPath>.Builder _watched = ImmutableArray.CreateBuilder<WatchedPath>();
        private readonly List<InterpreterCandidate> _shims = [];
        private readonly HashSet<string> _considered = [];

        public ImmutableArray<InterpreterCandidate> Candidates => _candidates.ToImmutable();

        public void Watch(string path) => _watched.Add(WatchedPath.Now(path));

        /// <summary>Whether there is a file, which is watched: it may come or go.</summary>
        public bool IsThere(string path)
        {
            Watch(path);
            return File.Exists(path);
        }

        /// <summary>The first of these files that is a real interpreter of a version that fits.</summary>
        public Result<InterpreterSelection>? FirstOf(IEnumerable<string> paths)
        {
            foreach (string path in paths)
            {
                if (_considered.Add(path) && Consider(path) is { } chosen) return chosen;
            }
            return null;
        }

        public Result<InterpreterSelection>? OnPath()
        {
            string[] directories = [.. PythonVariables.OuterPath(environment)
                .Where(directory => Path.IsPathFullyQualified(directory) && !NativeText.HasEscapes(directory))
                .Distinct()];
            foreach (string directory in directories) Watch(directory);
            return FirstOf(
                from name in Names()
                from directory in directories
                let path = Path.Combine(directory, name + ExecutableSuffix)
                where File.Exists(path)
                select path);
        }

        /// <summary>What the shims that were passed over run, the first that fits. Each is asked again: a shim's answer holds for one run.</summary>
        public Result<InterpreterSelection>? FromShims()
        {
            foreach (InterpreterCandidate shim in _shims)
            {
                int index = _candidates.IndexOf(shim);
                if (memory.AskAgain(shim.Path, environment).Answer is not { } answer) continue;
                if (!Allows(answer))
                {
                    _candidates[index] = Refused(shim.Path, answer);
                    continue;
                }
                if (Choose(index, shim.Path, answer, isRepeatable: false) is { } chosen) return chosen;
            }
            return null;
        }

        private IEnumerable<string> Names()
        {
            if (request.Minor is { } minor) yield return $"python{request.Major}.{minor}";
            yield return "python3";
            yield return "python";
        }

        private Result<InterpreterSelection>? Consider(string path)
        {
            // Refused or not: a file that is replaced where it stands leaves no mark on its directory.
            Watch(path);
            ProbeRecord record = memory.Recall(path, environment);
            if (record.Answer is not { } answer)
            {
                _candidates.Add(new(path, null, record.Refusal));
                return null;
            }
            if (!OperatingSystem.IsWindows() && !FileFingerprint.Of(answer.Own).IsSameFileAs(record.Fingerprint))
            {
                var shim = new InterpreterCandidate(path, answer.Version, "is a shim that runs another interpreter");
                _shims.Add(shim);
                _candidates.Add(shim);
                return null;
            }
            if (!Allows(answer))
            {
                _candidates.Add(Refused(path, answer));
                return null;
            }
            _candidates.Add(new(path, answer.Version, null));
            return Choose(_candidates.Count - 1, path, answer, isRepeatable: true);
        }

        private bool Allows(ProbeAnswer answer) => request.IsSatisfiedBy(answer.Major, answer.Minor, answer.Micro);

        private InterpreterCandidate Refused(string path, ProbeAnswer answer) => new(path, answer.Version, $"is not the version asked for, {request}");

        private Result<InterpreterSelection>? Choose(int index, string path, ProbeAnswer answer, bool isRepeatable)
        {
            var executable = WatchedPath.Now(answer.Executable);
            if (executable.Fingerprint == default)
            {
                _candidates[index] = new(path, answer.Version, $"belongs to '{answer.Executable}', which is gone");
                return null;
            }
            _candidates[index] = new(path, answer.Version, null);
            _watched.Add(executable);
            foreach (string wheel in answer.SeedWheels) Watch(wheel);
            return new InterpreterSelection(answer.ToFacts(), executable.Fingerprint, Candidates, [.. _watched.Distinct()], isRepeatable);
        }
    }
}
