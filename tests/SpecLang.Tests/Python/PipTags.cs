using System.Text.Json;
using VPythonTools.SpecLang.Python;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Python;

/// <summary>The oracle for compatibility tags: pip itself, told that it runs on other hosts.</summary>
internal static class PipTags
{
    private const string Script = """
        import glob, json, sys, types
        try:
            import pip
        except ImportError:
            sys.path[:0] = glob.glob("/usr/share/python-wheels/pip-*.whl")
        from pip._internal.utils import compatibility_tags
        from pip._vendor.packaging import _manylinux, _musllinux, tags

        knows_threading = hasattr(tags, "_is_threaded_cpython")
        short_names = {"cpython": "cp", "pypy": "pp"}

        def supported(host):
            version = (host["Major"], host["Minor"])
            short = short_names.get(host["Implementation"], host["Implementation"])
            config = {
                "Py_DEBUG": int(host["IsDebug"]), "Py_GIL_DISABLED": int(host["IsFreeThreaded"]), "WITH_PYMALLOC": 1,
                "py_version_nodot": "%d%d" % version, "SOABI": host["SoAbi"],
                "EXT_SUFFIX": "." + host["SoAbi"] + "-x86_64-linux-gnu.so",
            }
            system = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}.get(host["Platform"], host["Platform"])
            if host["Platform"] == "win32":
                platform = "win32" if not host["Is64Bit"] else "win-" + host["Machine"]
            else:
                platform = host["SysconfigPlatform"] or host["Platform"] + "-" + host["Machine"]
            libc = tuple(host["LibC"])
            tags.sys = types.SimpleNamespace(version_info=version + (0,), executable=sys.executable, maxunicode=sys.maxunicode)
            tags._get_config_var = lambda name, warn=False: config.get(name)
            tags.interpreter_name = compatibility_tags.interpreter_name = lambda: short
            tags.platform = types.SimpleNamespace(system=lambda: system, mac_ver=lambda: ("%d.%d" % tuple(host["MacOS"]), None, host["Machine"]))
            tags.sysconfig = types.SimpleNamespace(get_platform=lambda: platform, get_config_var=config.get)
            tags._linux_platforms.__defaults__ = (not host["Is64Bit"],)
            tags._mac_arch.__defaults__ = (not host["Is64Bit"],)
            _manylinux._is_linux_armhf = lambda *_: host["IsHardFloat"]
            _manylinux._is_linux_i686 = lambda *_: True
            _manylinux._get_glibc_version = lambda: libc if host["LibCName"] == "glibc" else (-1, -1)
            _musllinux._get_musl_version = lambda *_: _musllinux._MuslVersion(*libc) if host["LibCName"] == "musl" else None
            return list(map(str, compatibility_tags.get_supported()))

        hosts = json.load(sys.stdin)
        json.dump({"KnowsThreading": knows_threading, "Tags": [supported(host) for host in hosts]}, sys.stdout)
        """;

    /// <summary>What pip supports on each host, in its order; null for hosts whose rules came after this pip (pip 24.1, packaging 24).</summary>
    public static IReadOnlyList<string[]?> Of(IReadOnlyList<HostFacts> hosts)
    {
        byte[] input = JsonSerializer.SerializeToUtf8Bytes(hosts.Select(host => new
        {
            host.Implementation,
            host.Major,
            host.Minor,
            host.Platform,
            host.Machine,
            host.Is64Bit,
            LibCName = host.LibC,
            LibC = new[] { host.LibCVersion.Major, host.LibCVersion.Minor },
            MacOS = new[] { host.MacOSVersion.Major, host.MacOSVersion.Minor },
            host.IsFreeThreaded,
            host.IsDebug,
            host.IsHardFloat,
            host.SoAbi,
            host.SysconfigPlatform,
        }));
        ProcessRun run = ProcessRun.Of(Requirement.Tool("python3"), ["-c", Script], input: input);
        Requirement.Met(run.ExitCode == 0 || !run.Error.Contains("No module named 'pip'", StringComparison.Ordinal), "python3 has no pip");
        Assert.True(run.ExitCode == 0, run.Error);
        Answer answer = JsonSerializer.Deserialize<Answer>(run.Output)!;
        return [.. hosts.Zip(answer.Tags, (host, tags) => answer.KnowsThreading || !NeedsNewPip(host) ? tags : null)];
    }

    private static bool NeedsNewPip(HostFacts host) =>
        host.IsFreeThreaded
        || host.Implementation != "cpython"
        || host.Machine is "armv8l" or "riscv64" or "loongarch64"
        || host is { Platform: "linux", Machine: "aarch64", Is64Bit: false };

    private sealed record Answer(bool KnowsThreading, string[][] Tags);
}
