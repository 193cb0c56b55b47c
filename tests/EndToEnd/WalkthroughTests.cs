using VPythonTools.CipdServer;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>The walkthrough of the user guide, with a real binary wheel and an empty store each time.</summary>
public sealed class WalkthroughTests(PackageShelf packages) : IDisposable
{
    private const string Script =
        """
        #!/usr/bin/env vpython3

        import psutil
        print('Number of running processes is:', len(psutil.pids()))

        """;

    private readonly Sandbox _user = new();

    private string Spec =>
        $$"""
        python_version: "{{packages.PythonVersion}}"
        wheel: <
          name: "infra/python/wheels/psutil/${vpython_platform}"
          version: "version:5.8.0"
        >

        """;

    public void Dispose() => _user.Dispose();

    [Fact]
    public void Without_a_spec_the_package_is_not_there_even_if_the_machine_has_it()
    {
        Assert.Equal(0, _user.Start(Sandbox.Python, ["-c", "import psutil"]).ExitCode);
        _user.Write("test.py", Script);
        ProcessRun run = RunWithPackages("./test.py");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("ModuleNotFoundError: No module named 'psutil'", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void A_spec_beside_the_script_brings_the_package()
    {
        _user.Write("test.py", Script);
        _user.Write("test.py.vpython3", Spec);
        AssertCounts(RunWithPackages("./test.py"));
    }

    [Fact]
    public void The_shebang_line_runs_the_script()
    {
        string script = _user.WriteExecutable("test.py", Script);
        _user.Write("test.py.vpython3", Spec);
        Directory.CreateDirectory(_user.Combine("bin"));
        File.CreateSymbolicLink(_user.Combine("bin", "vpython3"), NativeExecutable.Runner);
        _user.Variables["PATH"] = _user.Combine("bin") + ":/usr/bin:/bin";
        _user.Variables["VPYTHON_PACKAGES"] = packages.LocationWithPsutil;
        AssertCounts(_user.Start(script, []));
    }

    [Fact]
    public void A_spec_in_the_script_brings_the_package()
    {
        string embedded = string.Concat(Spec.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"# {line}\n"));
        _user.Write("test.py", Script.Replace("import psutil\n", $"# [VPYTHON:BEGIN]\n{embedded}# [VPYTHON:END]\nimport psutil\n", StringComparison.Ordinal));
        AssertCounts(RunWithPackages("./test.py"));
    }

    [Fact]
    public void A_common_spec_two_directories_up_brings_the_package()
    {
        _user.Write(".vpython3", Spec);
        _user.Write("tools/deep/test.py", Script);
        AssertCounts(RunWithPackages("tools/deep/test.py"));
    }

    [Fact]
    public void A_link_in_another_directory_leads_to_the_spec_of_its_target()
    {
        string script = _user.Write("real/test.py", Script);
        _user.Write("real/test.py.vpython3", Spec);
        Directory.CreateDirectory(_user.Combine("elsewhere"));
        File.CreateSymbolicLink(_user.Combine("elsewhere", "counter"), script);
        AssertCounts(RunWithPackages(_user.Combine("elsewhere", "counter")));
    }

    [Fact]
    public void A_flag_names_the_packages()
    {
        _user.Write("test.py", Script);
        _user.Write("test.py.vpython3", Spec);
        AssertCounts(_user.Run("-vpython-packages", packages.LocationWithPsutil, "./test.py"));
    }

    [Fact]
    public async Task A_service_brings_the_package()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(new ServerOptions(packages.LocationWithPsutil));
        _user.Write("test.py", Script);
        _user.Write("test.py.vpython3", Spec);
        _user.Variables["CIPD_CONFIG_FILE"] = "-";
        AssertCounts(_user.Run("-vpython-packages", server.Url, "./test.py"));
        Assert.Equal(["ResolveVersion", "GetInstanceURL", null], server.Log.Requests.Select(request => request.Rpc));
    }

    [Fact]
    public void Without_a_source_of_packages_the_error_is_at_the_name_of_the_wheel()
    {
        _user.Write("test.py", Script);
        string spec = _user.Write("test.py.vpython3", Spec);
        ProcessRun run = _user.Run("./test.py");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{spec}:3:9: error: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(_user.Environments);
    }

    private ProcessRun RunWithPackages(string script)
    {
        _user.Variables["VPYTHON_PACKAGES"] = packages.LocationWithPsutil;
        Assert.False(Directory.Exists(_user.Root));
        return _user.Run(script);
    }

    private static void AssertCounts(ProcessRun run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Matches("^Number of running processes is: [1-9][0-9]*\n$", run.Output);
        Assert.Equal("", run.Error);
    }
}
