using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Interpreters;
using VPythonTools.Runner.Tests.Wheels;
using VPythonTools.Runner.Wheels;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Environments;

/// <summary>
/// Python's own venv and pip say what an environment has to look like: ours holds the same files with the same contents and modes, but for
/// the exceptions that <see cref="Exceptions"/> states, and answers the same questions alike.
/// </summary>
public sealed partial class PipOracleTests(PipOracleTests.TwoEnvironments environments) : IClassFixture<PipOracleTests.TwoEnvironments>
{
    /// <summary>Where we differ on purpose, and why. Nothing else may differ.</summary>
    private static readonly ImmutableArray<(Func<string, bool> Covers, Func<string, string, string> Normalize, string Reason)> Exceptions =
    [
        (path => path.EndsWith(".pyc", StringComparison.Ordinal), (_, _) => Absent, "byte-code is compared apart, by Byte_code_is_where_pip_puts_it"),
        (path => path.EndsWith(".dist-info/INSTALLER", StringComparison.Ordinal), (_, _) => "installer", "INSTALLER names us"),
        (path => path.EndsWith(".dist-info/RECORD", StringComparison.Ordinal), (_, text) => WithoutExceptions(text), "RECORD has rows for what is excepted above"),
        (path => path == "pyvenv.cfg", (_, text) => WithoutCommand(text), "venv writes its own command line, which nothing reads"),
        (path => path.StartsWith("bin/activate", StringComparison.Ordinal) || path == "bin/Activate.ps1", (_, _) => "script", "the activation scripts are our own; ActivationScriptsTests runs them"),
        (path => path.StartsWith("bin/pip", StringComparison.Ordinal), (_, text) => PythonName().Replace(text, "/bin/python\n"), "ensurepip runs under the name of the base executable, all else as python"),
    ];

    private const string Absent = "absent";

    [GeneratedRegex(@"/bin/python[0-9.]*\n")]
    private static partial Regex PythonName();

    [Fact]
    public void Both_have_the_same_files_with_the_same_contents_and_modes()
    {
        IReadOnlyDictionary<string, string> expected = Describe(environments.Pips);
        IReadOnlyDictionary<string, string> actual = Describe(environments.Ours);
        string[] differences =
        [
            .. expected.Keys.Union(actual.Keys).Order(StringComparer.Ordinal)
                .Where(path => expected.GetValueOrDefault(path) != actual.GetValueOrDefault(path))
                .Select(path => $"{path}\n  pip:  {Show(expected.GetValueOrDefault(path))}\n  ours: {Show(actual.GetValueOrDefault(path))}"),
        ];
        Assert.True(differences.Length == 0, string.Join('\n', differences.Take(20)));
        Assert.True(expected.Count > 1500, "the comparison saw too few files");
    }

    /// <summary>pip and setuptools are not compiled in advance; pip lists byte-code in RECORD, we do not: Python writes it anew whenever it likes.</summary>
    [Fact]
    public void Byte_code_is_where_pip_puts_it()
    {
        string[] seeds = ["pip", "setuptools", "pkg_resources", "_distutils_hack"];
        string[] expected = [.. ByteCodeIn(environments.Pips).Where(path => !seeds.Contains(path.Split('/')[0]))];
        Assert.Equal(expected, ByteCodeIn(environments.Ours));
        Assert.True(expected.Length > 300, "the comparison saw too few files");
        Assert.DoesNotContain(
            Directory.GetFiles(Path.Combine(environments.Ours, DebianPython.Facts.Scheme.PureLib), "RECORD", SearchOption.AllDirectories),
            record => File.ReadAllText(record).Contains(".pyc", StringComparison.Ordinal));
    }

    [Fact]
    public void Distributions_of_every_kind_are_compared()
    {
        string library = Path.Combine(environments.Ours, DebianPython.Facts.Scheme.PureLib);
        Assert.True(Directory.GetDirectories(library, "*.dist-info").Length >= 12);
        Assert.NotEmpty(Directory.GetFiles(library, "*.so", SearchOption.AllDirectories));
        Assert.NotEmpty(Directory.GetFiles(library, "*-nspkg.pth"));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(environments.Ours, "include"), "greenlet.h", SearchOption.AllDirectories));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(environments.Ours, "share"), "*.gz", SearchOption.AllDirectories));
        Assert.True(File.Exists(Path.Combine(environments.Ours, "bin", "pygmentize")), "an entry point");
        Assert.True(File.Exists(Path.Combine(environments.Ours, "bin", "rst2html")), "a script");
    }

    [Theory]
    [InlineData("-m", "pip", "check")]
    [InlineData("-m", "pip", "list", "--format=json")]
    [InlineData("-m", "pip", "freeze", "--all")]
    [InlineData("-c", "import sysconfig; print(sorted(sysconfig.get_paths().items()))")]
    [InlineData("-c", "import sys; print(sys.prefix != sys.base_prefix, sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, sys.executable, sys.path, sys._base_executable)")]
    [InlineData("-c", "import site; print(site.getsitepackages(), site.ENABLE_USER_SITE)")]
    [InlineData("-c", "from importlib import metadata as m; print(sorted((d.metadata['Name'], d.version, [str(e) for e in d.entry_points], sorted(d.requires or [])) for d in m.distributions()))")]
    [InlineData("-c", "from importlib import metadata as m; print(sorted(m.packages_distributions().items()))")]
    [InlineData("-c", "import psutil, yaml, greenlet, pygments, docutils, zope.interface, lazr.uri, six, markupsafe, simplejson, argcomplete, wheel, setuptools, pip; print(psutil.__file__, yaml.CLoader.__module__, simplejson.encoder.c_make_encoder.__module__)")]
    public void Both_answer_alike(params string[] arguments)
    {
        ProcessRun expected = environments.Run(environments.Pips, "bin/python", arguments);
        ProcessRun actual = environments.Run(environments.Ours, "bin/python", arguments);
        Assert.True(expected.ExitCode == 0, expected.Error);
        Assert.Equal(WithoutPath(expected.Output, environments.Pips), WithoutPath(actual.Output, environments.Ours));
        Assert.Equal(WithoutPath(expected.Error, environments.Pips), WithoutPath(actual.Error, environments.Ours));
        Assert.Equal(expected.ExitCode, actual.ExitCode);
    }

    [Theory]
    [InlineData("bin/pygmentize", "-V")]
    [InlineData("bin/rst2html", "--version")]
    [InlineData("bin/wheel", "version")]
    [InlineData("bin/pip", "--version")]
    [InlineData("bin/python3", "--version")]
    [InlineData("bin/python3.11", "--version")]
    public void Commands_run_alike(string command, params string[] arguments)
    {
        ProcessRun expected = environments.Run(environments.Pips, command, arguments);
        ProcessRun actual = environments.Run(environments.Ours, command, arguments);
        Assert.True(expected.ExitCode == 0, expected.Error);
        Assert.Equal(WithoutPath(expected.Output, environments.Pips), WithoutPath(actual.Output, environments.Ours));
        Assert.Equal(0, actual.ExitCode);
    }

    [Fact]
    public void Pip_can_uninstall_what_we_installed()
    {
        using var directory = new TemporaryDirectory();
        string environment = directory.Combine("env");
        environments.Build(environment);
        ProcessRun run = environments.Run(environment, "bin/python", "-m", "pip", "uninstall", "--yes", "docutils", "Pygments", "greenlet");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.False(File.Exists(Path.Combine(environment, "bin/rst2html")));
        Assert.False(File.Exists(Path.Combine(environment, "bin/pygmentize")));
        Assert.False(File.Exists(Path.Combine(environment, "share/man/man1/pygmentize.1.gz")));
    }

    private static string[] ByteCodeIn(string environment)
    {
        string library = Path.Combine(environment, DebianPython.Facts.Scheme.PureLib);
        return [.. Directory.GetFiles(library, "*.pyc", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(library, path)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Every file and link of an environment: kind, mode, and content with the environment's own path taken out.</summary>
    private static Dictionary<string, string> Describe(string environment)
    {
        var described = new Dictionary<string, string>(StringComparer.Ordinal);
        var enumeration = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        foreach (FileSystemInfo entry in new DirectoryInfo(environment).EnumerateFileSystemInfos("*", enumeration))
        {
            string path = Path.GetRelativePath(environment, entry.FullName);
            if (path.StartsWith("lib64/", StringComparison.Ordinal)) continue;
            if (entry.LinkTarget is { } target) described[path] = $"link to {target}";
            else if (entry is DirectoryInfo) described[path] = path.EndsWith("__pycache__", StringComparison.Ordinal) ? Absent : $"directory {entry.UnixFileMode}";
            else described[path] = $"{entry.UnixFileMode} {Normalize(path, ReadText(entry.FullName, environment))}";
            if (described[path].EndsWith(Absent, StringComparison.Ordinal)) described.Remove(path);
        }
        return described;
    }

    private static string ReadText(string path, string environment) =>
        WithoutPath(Encoding.Latin1.GetString(File.ReadAllBytes(path)), environment);

    private static string WithoutPath(string text, string environment) => text.Replace(environment, "ENV", StringComparison.Ordinal);

    private static string Normalize(string path, string text)
    {
        foreach ((Func<string, bool> covers, Func<string, string, string> normalize, _) in Exceptions)
        {
            if (covers(path)) return normalize(path, text);
        }
        return text;
    }

    /// <summary>
    /// Hashes of files that are excepted, and of scripts whose first line names the environment, cannot be equal; that the rows are there
    /// can.
    /// </summary>
    private static string WithoutExceptions(string record) => string.Join('\n', record.Split("\r\n")
        .Where(row => !row.Contains(".pyc,", StringComparison.Ordinal))
        .Select(row => row.Contains("/INSTALLER,", StringComparison.Ordinal) || row.StartsWith("../../../bin/", StringComparison.Ordinal) ? row.Split(',')[0] : row));

    private static string WithoutCommand(string configuration) =>
        string.Join('\n', configuration.Split('\n').Where(line => !line.StartsWith("command = ", StringComparison.Ordinal)));

    private static string Show(string? description) => description is null ? "nothing" : description.Length > 300 ? description[..300] + "..." : description;

    /// <summary>One environment made by venv and pip, one by us, from the same wheels.</summary>
    public sealed class TwoEnvironments : IDisposable
    {
        private static readonly string[] Packages =
        [
            "python3-psutil", "python3-yaml", "python3-pygments", "python3-docutils", "python3-zope.interface", "python3-lazr.uri", "python3-six",
            "python3-markupsafe", "python3-simplejson", "python3-argcomplete", "python3-roman",
        ];

        private readonly TemporaryDirectory _directory = new();

        public TwoEnvironments()
        {
            InterpreterFacts facts = DebianPython.Facts;
            Requirement.Met(facts.SeedWheels.Length == 2, "the Debian packages python3-pip-whl and python3-setuptools-whl are not installed");
            Wheels = _directory.Combine("wheels");
            Directory.CreateDirectory(Wheels);
            foreach (string package in Packages) DebianWheel.Write(package, Wheels);
            DebianWheel.Write("python3-greenlet", Wheels, "greenlet/greenlet.h");
            string wheel = Directory.GetFiles("/usr/share/python-wheels", "wheel-*.whl").Single();
            File.Copy(wheel, Path.Combine(Wheels, Path.GetFileName(wheel)));

            Pips = _directory.Combine("pips");
            Succeed(ProcessRun.Of(DebianPython.Facts.Executable, ["-m", "venv", Pips]));
            string[] names = [.. Directory.GetFiles(Wheels).Select(path => Path.GetFileName(path).Split('-')[0])];
            Succeed(Run(Pips, "bin/python", ["-m", "pip", "install", "--no-index", "--no-deps", "--find-links", Wheels, "--quiet", .. names]));

            Ours = _directory.Combine("ours");
            Build(Ours);
        }

        /// <summary>The directory of the wheels.</summary>
        public string Wheels { get; }

        /// <summary>The environment of venv and pip.</summary>
        public string Pips { get; }

        /// <summary>Our environment.</summary>
        public string Ours { get; }

        /// <summary>Builds an environment of ours aside and moves it to its place, as the runner does.</summary>
        public void Build(string environment)
        {
            InterpreterFacts facts = DebianPython.Facts;
            var log = new Log(LogLevel.Error);
            var cache = new UnpackedWheelCache(_directory.Combine("cache"), log);
            string interpreter = UnpackedWheelCache.NameOf(facts, FileFingerprint.Of(facts.Executable), facts.ByteCode!);
            using var compiler = new ByteCodeCompiler(facts.Executable, EnvironmentBlock.OfThisProcess(), log);
            var wheels = new List<Wheel>();
            foreach (string path in Directory.GetFiles(Wheels).Order(StringComparer.Ordinal))
            {
                using WheelArchive archive = Outcome.Value(WheelArchive.Open(path));
                UnpackedWheel unpacked = Outcome.Value(cache.UnpackAsync(archive, CancellationToken.None).GetAwaiter().GetResult());
                wheels.Add(cache.CompileAsync(unpacked, interpreter, facts.ByteCode!, compiler, CancellationToken.None).GetAwaiter().GetResult());
            }
            InstallReport report = Outcome.Value(Installation.Build(new(environment + ".aside", environment, facts), wheels));
            Assert.Empty(report.Warnings);
            Directory.Move(environment + ".aside", environment);
        }

        /// <summary>Runs a program of an environment, without byte-code being written and without anything of the caller's.</summary>
        public ProcessRun Run(string environment, string program, params string[] arguments) => ProcessRun.Of(
            Path.Combine(environment, program),
            arguments,
            directory: _directory.Path,
            environment: new Dictionary<string, string?>
            {
                ["PATH"] = "/usr/bin:/bin",
                ["HOME"] = _directory.Path,
                ["LC_ALL"] = "C.UTF-8",
                ["PYTHONDONTWRITEBYTECODE"] = "1",
                ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1",
            },
            clearEnvironment: true);

        public void Dispose() => _directory.Dispose();

        private static void Succeed(ProcessRun run) => Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }
}
