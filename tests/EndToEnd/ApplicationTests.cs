using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>Programs that people run, in environments that we make: of Debian's packages, made into wheels, and of small wheels of our own.</summary>
public sealed class ApplicationTests : IDisposable
{
    private readonly Sandbox _user = new();
    private readonly TemporaryDirectory _wheels = new();

    private string Packages => _wheels.Combine("packages");

    public ApplicationTests() => _user.Variables["VPYTHON_PACKAGES"] = Packages;

    public void Dispose()
    {
        _wheels.Dispose();
        _user.Dispose();
    }

    [Fact]
    public void Pytest_runs_its_tests()
    {
        Spec("test_it.py", Debian("pytest", "attr", "iniconfig", "pluggy", "packaging"));
        _user.Write("test_it.py", "import pytest\n\n\n@pytest.mark.parametrize('n', [1, 2, 3])\ndef test_square(n, tmp_path):\n    assert n * n == n ** 2\n\n\ndef test_fails():\n    assert [1, 2] == [1, 3]\n");
        File.Copy(_user.Combine("work", "test_it.py.vpython3"), _user.Combine("work", ".vpython3"));
        ProcessRun run = _user.Run("-m", "pytest", "-p", "no:cacheprovider", "test_it.py");
        Assert.Contains("1 failed, 3 passed", run.Output, StringComparison.Ordinal);
        // Assertions are rewritten, which reads and writes byte-code in pytest's own way.
        Assert.Contains("At index 1 diff: 2 != 3", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
        ProcessRun version = _user.Run("-c", "import pytest, os, sys; os.execv(os.path.join(sys.prefix, 'bin', 'pytest'), ['pytest', '--version'])");
        Assert.True(version.ExitCode == 0 && (version.Output + version.Error).Contains("pytest 7", StringComparison.Ordinal), version.Error);
    }

    [Fact]
    public void Requests_talks_to_a_server()
    {
        Spec("s.py", Debian("requests", "urllib3", "chardet", "idna", "certifi", "six"));
        _user.Write("s.py",
            """
            import http.server, json, threading
            import requests

            class Handler(http.server.BaseHTTPRequestHandler):
                def do_POST(self):
                    body = self.rfile.read(int(self.headers['Content-Length']))
                    self.send_response(201)
                    self.end_headers()
                    self.wfile.write(body[::-1])
                def log_message(self, *arguments):
                    pass

            server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            with requests.Session() as session:
                session.trust_env = False
                answer = session.post(f'http://127.0.0.1:{server.server_port}/x', data='hello')
            print(answer.status_code, answer.text, requests.__file__.startswith(__import__('sys').prefix))

            """);
        Assert.Equal("201 olleh True\n", Succeeds("s.py"));
    }

    [Fact]
    public void Native_modules_work()
    {
        Spec("s.py", Debian("psutil", "yaml", "markupsafe", "simplejson", "greenlet"));
        _user.Write("s.py",
            """
            import os
            import greenlet, markupsafe._speedups, psutil, simplejson, yaml
            print(psutil.Process().pid == os.getpid(), yaml.load('[1, {a: 2}]', Loader=yaml.CSafeLoader), markupsafe.escape('<'))
            child = greenlet.greenlet(lambda x: greenlet.getcurrent().parent.switch(x + 1))
            print(child.switch(1), simplejson.dumps({'a': 1}), bool(simplejson.encoder.c_make_encoder))

            """);
        Assert.Equal("True [1, {'a': 2}] &lt;\n2 {\"a\": 1} True\n", Succeeds("s.py"));
    }

    [Fact]
    public void Three_wheels_share_a_namespace()
    {
        Spec("s.py", [.. new[] { "one", "two", "three" }.Select(part => Add(new WheelBuilder($"space_{part}", "1.0").Add($"space/deep/{part}.py", $"NAME = '{part}'\n")))]);
        _user.Write("s.py", "import space.deep.one, space.deep.two, space.deep.three\nprint(space.deep.one.NAME, space.deep.two.NAME, space.deep.three.NAME, len(list(space.deep.__path__)), space.__file__)\n");
        Assert.Equal("one two three 1 None\n", Succeeds("s.py"));
    }

    [Fact]
    public void Commands_start_Python_in_every_way_and_stay_in_the_environment()
    {
        Spec("s.py", Add(new WheelBuilder("starter", "1.0")
            .Add("starter.py", "import subprocess, sys\n\n\ndef main():\n    code = 'import starter, sys; print(sys.prefix)'\n    for start in ([sys.executable], ['/usr/bin/env', 'python3'], ['/usr/bin/env', 'python']):\n        subprocess.run([*start, '-c', code], check=True)\n    return 5\n")
            .Add("starter-1.0.dist-info/entry_points.txt", "[console_scripts]\nstart = starter:main\n")));
        _user.Write("s.py", "import subprocess, sys\nprint(sys.prefix, flush=True)\nprint(subprocess.run(['start']).returncode)\n");
        string[] lines = Succeeds("s.py").TrimEnd().Split('\n');
        Assert.Equal([lines[0], lines[0], lines[0], lines[0], "5"], lines);
        Assert.Equal(Assert.Single(_user.Environments), lines[0]);
    }

    [Theory]
    [InlineData("fork")]
    [InlineData("spawn")]
    [InlineData("forkserver")]
    public void Processes_of_multiprocessing_are_in_the_environment(string method)
    {
        Spec("s.py", Add(new WheelBuilder("worker", "1.0").Add("worker.py", "import sys\n\n\ndef work(n):\n    return n * n, sys.prefix\n")));
        _user.Write("s.py", $"import multiprocessing, sys, worker\nif __name__ == '__main__':\n    with multiprocessing.get_context('{method}').Pool(2) as pool:\n        print(sorted(pool.map(worker.work, range(3))) == [(n * n, sys.prefix) for n in range(3)])\n");
        Assert.Equal("True\n", Succeeds("s.py"));
    }

    [Theory]
    [InlineData("json.tool", "--help")]
    [InlineData("zipfile", "--help")]
    [InlineData("timeit", "-n1", "-r1", "pass")]
    [InlineData("pip", "--version")]
    [InlineData("site", "--user-site")]
    [InlineData("pdb", "--help")]
    [InlineData("compileall", "-q", "-l", ".")]
    public void Modules_run_as_they_do_in_an_environment_of_Pythons_own(string module, params string[] arguments)
    {
        ProcessRun expected = _user.Start(Sandbox.Python, ["-m", "venv", _user.Combine("venv")]);
        Assert.True(expected.ExitCode == 0, expected.Error);
        expected = _user.Start(_user.Combine("venv", "bin", "python3"), ["-s", "-m", module, .. arguments]);
        ProcessRun actual = _user.Run(["-m", module, .. arguments]);
        Assert.Equal(expected.ExitCode, actual.ExitCode);
        if (module == "timeit") return;
        Assert.Equal(expected.Output.Replace(_user.Combine("venv"), "ENV", StringComparison.Ordinal), actual.Output.Replace(Assert.Single(_user.Environments), "ENV", StringComparison.Ordinal));
    }

    [Fact]
    public void What_pip_does_in_an_environment_stays_there()
    {
        string first = Add(new WheelBuilder("greeting", "1.0").Add("greeting.py", "TEXT = 'hello'\n"));
        Directory.CreateDirectory(_wheels.Combine("new"));
        string newer = new WheelBuilder("greeting", "2.0").Add("greeting.py", "TEXT = 'jello'\n").Write(_wheels.Combine("new"));
        string extra = new WheelBuilder("extra", "1.0").Add("extra.py", "TEXT = 'more'\n").Write(_wheels.Combine("new"));
        Spec("a.py", first);
        Spec("b.py", first, Add(new WheelBuilder("other", "1.0").Add("other.py", "")));
        Spec("c.py", first, Add(new WheelBuilder("third", "1.0").Add("third.py", "")));
        const string text = "import greeting\nprint(greeting.TEXT)\n";
        foreach (string script in (string[])["a.py", "b.py", "c.py"]) _user.Write(script, text);
        _user.Write("install.py", "import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'pip', 'install', '--isolated', '--no-index', '--quiet', '--disable-pip-version-check', *sys.argv[1:]], check=True)\nimport greeting, extra\nprint(greeting.TEXT, extra.TEXT)\n");
        File.Copy(_user.Combine("work", "a.py.vpython3"), _user.Combine("work", "install.py.vpython3"));
        Assert.Equal("hello\n", Succeeds("a.py"));
        Assert.Equal("hello\n", Succeeds("b.py"));
        Assert.Equal("jello more\n", Succeeds("install.py", newer, extra));
        Assert.Equal("jello\n", Succeeds("a.py"));
        Assert.Equal("hello\n", Succeeds("b.py"));
        // Made from the cache after the change.
        Assert.Equal("hello\n", Succeeds("c.py"));
    }

    [Fact]
    public void An_environment_needs_its_packages_only_once()
    {
        string wheel = Add(new WheelBuilder("greeting", "1.0").Add("greeting.py", "TEXT = 'hello'\n"));
        Spec("a.py", wheel);
        _user.Write("a.py", "import greeting\nprint(greeting.TEXT)\n");
        Assert.Equal("hello\n", Succeeds("a.py"));
        Directory.Delete(Assert.Single(_user.Environments), recursive: true);
        Directory.Delete(Path.Combine(Packages, "instances"), recursive: true);
        Assert.Equal("hello\n", Succeeds("a.py"));
        Assert.NotEmpty(Directory.GetFiles(Assert.Single(_user.Environments), "greeting.*.pyc", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_damaged_cache_is_mended_while_an_environment_is_built()
    {
        Spec("a.py", Add(new WheelBuilder("greeting", "1.0").Add("greeting.py", "TEXT = 'hello'\n")));
        _user.Write("a.py", "import greeting\nprint(greeting.TEXT)\n");
        Assert.Equal("hello\n", Succeeds("a.py"));
        Directory.Delete(Assert.Single(_user.Environments), recursive: true);
        foreach (string files in Directory.GetDirectories(_user.Combine("root", "v1", "wheels"), "files", SearchOption.AllDirectories))
            File.Delete(Directory.GetFiles(files)[0]);
        ProcessRun run = _user.Run("a.py");
        Assert.Equal("hello\n", run.Output);
        Assert.Matches(@"^vpython3: warning: .* is damaged: .*; it is unpacked anew \[VPY3221\]\n$", run.Error);
    }

    [Fact]
    public void What_wheels_need_and_have_not_is_said_once()
    {
        Spec("a.py", Add(new WheelBuilder("needy", "1.0")
        {
            Metadata = "Metadata-Version: 2.1\nName: needy\nVersion: 1.0\nRequires-Dist: absent (>=2)\nRequires-Dist: never ; python_version < '3'\n\n"u8.ToArray(),
        }.Add("needy.py", "")));
        _user.Write("a.py", "import needy\nprint('ran')\n");
        _user.Variables["VPYTHON_STRICT"] = "1";
        ProcessRun strict = _user.Run("a.py");
        Assert.Equal(1, strict.ExitCode);
        Assert.Contains("a.py.vpython3:1:8: error: The wheels of the spec need what the environment does not have:\n    needy 1.0 needs absent>=2: no wheel of the spec is of it [VPY3222]\n  next: ", strict.Error, StringComparison.Ordinal);
        Assert.Empty(_user.Environments);
        Assert.Empty(_user.Unfinished);
        _user.Variables.Remove("VPYTHON_STRICT");
        ProcessRun warned = _user.Run("a.py");
        Assert.Equal("ran\n", warned.Output);
        Assert.Contains("warning: ", warned.Error, StringComparison.Ordinal);
        Assert.Contains("absent>=2", warned.Error, StringComparison.Ordinal);
        Assert.Equal("", _user.Run("a.py").Error);
    }

    [Fact]
    public void Two_wheels_with_one_file_are_both_named()
    {
        Spec("a.py", Add(new WheelBuilder("left", "1.0").Add("shared.py", "SIDE = 'left'\n")), Add(new WheelBuilder("right", "1.0").Add("shared.py", "SIDE = 'right'\n")));
        _user.Write("a.py", "import shared\nprint(shared.SIDE)\n");
        _user.Variables["VPYTHON_STRICT"] = "1";
        ProcessRun strict = _user.Run("a.py");
        Assert.Equal(1, strict.ExitCode);
        Assert.Contains("[VPY3220]", strict.Error, StringComparison.Ordinal);
        _user.Variables.Remove("VPYTHON_STRICT");
        ProcessRun run = _user.Run("a.py");
        // The byte-code is that of the module that stayed.
        Assert.Equal("right\n", run.Output);
        Assert.Contains("left-1.0", run.Error, StringComparison.Ordinal);
        Assert.Contains("right-1.0", run.Error, StringComparison.Ordinal);
    }

    private string Succeeds(params string[] arguments)
    {
        ProcessRun run = _user.Run(arguments);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        return run.Output;
    }

    private string[] Debian(params string[] packages)
    {
        Directory.CreateDirectory(_wheels.Combine("debian"));
        return [.. packages.Select(package => Add(DebianWheel.Write("python3-" + package, _wheels.Combine("debian"))))];
    }

    private string Add(WheelBuilder wheel) => Add(wheel.Write(_wheels.Path));

    private string Add(string wheel)
    {
        string name = "test/" + Path.GetFileName(wheel).Split('-')[0].ToLowerInvariant();
        PackageShelf.Add(Packages, name, "version:1", wheel);
        return name;
    }

    private void Spec(string script, params string[] packages) =>
        _user.Write(script + ".vpython3", string.Concat(packages.Select(package => $"wheel: < name: \"{package}\" version: \"version:1\" >\n")));
}
