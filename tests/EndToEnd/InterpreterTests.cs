using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>Environments of other interpreters than the machine's own.</summary>
public sealed class InterpreterTests(PackageShelf packages) : IDisposable
{
    private readonly Sandbox _user = new Sandbox().With(packages);

    public void Dispose() => _user.Dispose();

    [Theory]
    [InlineData("3.8")]
    [InlineData("3.9")]
    [InlineData("3.10")]
    [InlineData("3.11")]
    [InlineData("3.12")]
    [InlineData("3.13")]
    [InlineData("3.14")]
    public void Every_version_runs_with_byte_code_of_its_own(string version)
    {
        string versions = Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/", ".pyenv", "versions");
        string? installed = Directory.Exists(versions) ? Directory.GetDirectories(versions, version + ".*").Order(StringComparer.Ordinal).LastOrDefault() : null;
        Assert.SkipWhen(installed is null, $"pyenv has installed no Python {version}");
        _user.Variables["VPYTHON_INTERPRETER"] = installed;
        _user.Write("s.py", "import sys, greeting, farewell, pip\nprint('.'.join(map(str, sys.version_info[:2])), greeting.TEXT, farewell.TEXT, sys.base_prefix)\n");
        _user.Write("s.py.vpython3", PackageShelf.Spec + $"python_version: \"{version}\"\n");
        ProcessRun run = _user.Run("-v", "s.py");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal($"{version} hello goodbye {installed}\n", run.Output);
        Assert.Matches(@"greeting\.cpython-[0-9]+\.pyc matches", run.Error);
        ProcessRun command = _user.Start(Path.Combine(Assert.Single(_user.Environments), "bin", "pip"), ["--version"]);
        Assert.True(command.ExitCode == 0, command.Error);
    }

    [Fact]
    public void An_interpreter_that_is_replaced_where_it_stands_gets_another_environment()
    {
        string program = _user.Combine("python", "bin", "python3");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        Directory.CreateDirectory(_user.Combine("python", "lib"));
        string real = _user.Start(Sandbox.Python, ["-c", "import os, sys; print(os.path.realpath(sys.executable), os.path.dirname(os.__file__), end='')"]).Output;
        (string executable, string library) = (real.Split(' ')[0], real.Split(' ')[1]);
        File.Copy(executable, program);
        File.CreateSymbolicLink(_user.Combine("python", "lib", Path.GetFileName(library)), library);
        _user.Variables["VPYTHON_INTERPRETER"] = _user.Combine("python");
        _user.Write("s.py", "import sys, greeting\nprint(sys.base_prefix, sys.prefix)\n");
        _user.Write("s.py.vpython3", PackageShelf.Spec);

        string first = Prints("s.py");
        Assert.StartsWith(_user.Combine("python") + " ", first, StringComparison.Ordinal);
        Assert.Equal(first, Prints("s.py"));
        File.Delete(program);
        File.Copy(executable, program);
        File.SetLastWriteTimeUtc(program, DateTime.UtcNow.AddMinutes(1));
        Assert.NotEqual(first, Prints("s.py"));
        Assert.Equal(2, _user.Environments.Length);
    }

    [Fact]
    public void An_environment_of_Pythons_own_stands_for_its_base()
    {
        ProcessRun made = _user.Start(Sandbox.Python, ["-m", "venv", "--without-pip", _user.Combine("venv")]);
        Assert.True(made.ExitCode == 0, made.Error);
        _user.Variables["PATH"] = _user.Combine("venv", "bin");
        _user.Write("s.py", "import sys\nprint(sys.base_prefix, sys._base_executable)\n");
        Assert.DoesNotContain("venv", Prints("s.py"), StringComparison.Ordinal);
    }

    private string Prints(string script)
    {
        ProcessRun run = _user.Run(script);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }
}
