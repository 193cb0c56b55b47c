using System.Text.Json;
using VPythonTools.Runner.Interpreters;
using VPythonTools.Testing;

namespace VPythonTools.Runner.Tests;

/// <summary>The machine's own Python, asked once, for tests that make environments. Not the first on PATH, which may be a shim.</summary>
internal static class DebianPython
{
    public const string Executable = "/usr/bin/python3";

    private const string Question =
        """
        import json, sys, sysconfig
        base = {k: '' for k in ('base', 'platbase', 'installed_base', 'installed_platbase')}
        paths = sysconfig.get_paths('venv' if 'venv' in sysconfig.get_scheme_names() else 'posix_prefix', vars=base)
        print(json.dumps({'version': '%d.%d.%d' % sys.version_info[:3], 'prefix': sys.base_prefix, 'machine': sysconfig.get_platform().rsplit('-')[-1],
            'paths': {k: v.lstrip('/') for k, v in paths.items()}}))
        """;

    private static readonly Lazy<InterpreterFacts> Asked = new(Ask);

    /// <summary>What it said; skips the test where there is none.</summary>
    public static InterpreterFacts Facts
    {
        get
        {
            Requirement.Met(File.Exists(Executable), $"there is no {Executable}");
            return Asked.Value;
        }
    }

    private static InterpreterFacts Ask()
    {
        ProcessRun run = ProcessRun.Of(Executable, ["-I", "-c", Question]);
        JsonElement answer = JsonDocument.Parse(run.Output).RootElement;
        string version = answer.GetProperty("version").GetString()!;
        int[] numbers = [.. version.Split('.').Select(int.Parse)];
        JsonElement paths = answer.GetProperty("paths");
        const string wheels = "/usr/share/python-wheels";
        string[] names = numbers[1] < 12 ? ["setuptools", "pip"] : ["pip"];
        return new()
        {
            Executable = Executable,
            BasePrefix = answer.GetProperty("prefix").GetString()!,
            Version = version,
            Host = new()
            {
                Implementation = "cpython",
                Major = numbers[0],
                Minor = numbers[1],
                Platform = "linux",
                Machine = answer.GetProperty("machine").GetString()!,
            },
            Scheme = new(Path("purelib"), Path("platlib"), Path("scripts"), Path("include"), Path("data")),
            SeedWheels = Directory.Exists(wheels) ? [.. names.SelectMany(name => Directory.GetFiles(wheels, name + "-*.whl"))] : [],
        };

        string Path(string key) => paths.GetProperty(key).GetString()!;
    }
}
