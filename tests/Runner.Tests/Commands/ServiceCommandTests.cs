using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Tests.Cipd;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands;

/// <summary>The verbs that ask a service, as whole processes.</summary>
public sealed class ServiceCommandTests
{
    private const string Spec =
        """
        python_version: "3.11"
        wheel: < name: "wheels/hello" version: "version:1.0" >
        wheel: <
          name: "wheels/native/${vpython_platform}"
          version: "version:2.0"
        >
        verify_pep425_tag: < python: "cp311" abi: "cp311" platform: "manylinux1_x86_64" >
        verify_pep425_tag: < python: "cp311" abi: "cp311" platform: "win_amd64" >

        """;

    [Fact]
    public async Task Verify_says_where_what_is_missing_is_asked_for_and_what_there_is_instead()
    {
        await using LoopbackShelf shelf = await StartAsync();
        shelf.Write("a/.vpython3", Spec);
        shelf.Write("b/tool.py.vpython3", Spec.Replace("version:1.0", "version:1.1", StringComparison.Ordinal));
        ProcessRun run = Run(shelf, "verify", "a", "b");
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains($"{Path.Combine("a", ".vpython3")}:4:9: error: There is no package 'wheels/native/windows-amd64_cp311_cp311'", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine("b", "tool.py.vpython3")}:2:40: error: No instance of the package 'wheels/hello'", run.Error, StringComparison.Ordinal);
        Assert.Contains("which cp311-cp311-win_amd64 needs [VPY3101]", run.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'version:1.0'?", run.Error, StringComparison.Ordinal);
        Assert.Contains("linux-amd64_cp311_cp311", run.Error, StringComparison.Ordinal);

        // Both specs need mostly the same, which is asked for once.
        Assert.Equal(4, shelf.Server.Log.Calls("ResolveVersion").Count());
    }

    [Fact]
    public async Task Verify_succeeds_when_all_is_there()
    {
        await using LoopbackShelf shelf = await StartAsync();
        shelf.Add("wheels/native/windows-amd64_cp311_cp311", "native", "2.0");
        string spec = shelf.Write(".vpython3", Spec);
        ProcessRun named = Run(shelf, "verify", spec);
        Assert.Equal((0, "1 spec, 2 platforms: 3 packages, all there\n", ""), (named.ExitCode, named.Output, named.Error));
        ProcessRun found = Run(shelf, "-vpython-tool", "verify");
        Assert.Equal((0, named.Output), (found.ExitCode, found.Output));
        ProcessRun explicitly = Run(shelf, "-vpython-spec", spec, "-vpython-tool", "verify");
        Assert.Equal((0, named.Output), (explicitly.ExitCode, explicitly.Output));
    }

    [Fact]
    public async Task Without_tags_the_platforms_that_wheels_are_built_for_are_verified()
    {
        await using LoopbackShelf shelf = await StartAsync();
        string spec = shelf.Write(".vpython3", "python_version: \"3.11\"\nwheel: < name: \"wheels/native/${vpython_platform}\" version: \"version:2.0\" >\n");
        ProcessRun run = Run(shelf, "verify", "--json", spec);
        Assert.Equal(1, run.ExitCode);
        JsonElement answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.False(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(7, answer.GetProperty("specs")[0].GetProperty("platforms").GetArrayLength());
        JsonElement[] packages = [.. answer.GetProperty("packages").EnumerateArray()];
        JsonElement there = Assert.Single(packages, package => package.GetProperty("error").ValueKind == JsonValueKind.Null);
        Assert.Equal("wheels/native/linux-amd64_cp311_cp311", there.GetProperty("name").GetString());
        Assert.Equal("manylinux-x64-py3.11", there.GetProperty("platforms")[0].GetString());
        Assert.All(packages.Where(package => package.GetProperty("instance").ValueKind == JsonValueKind.Null), package => Assert.Equal("VPY3101", package.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(0, Run(shelf, "verify", "--platform", "manylinux-x64-py3.11", spec).ExitCode);
        Assert.Equal(0, Run(shelf, "verify", "--platform", "cp311-cp311-manylinux1_x86_64", spec).ExitCode);
        ProcessRun unknown = Run(shelf, "verify", "--platform", "amiga", spec);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("unknown platform 'amiga'", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_stands_for_its_specs_and_a_script_for_the_one_that_applies()
    {
        await using LoopbackShelf shelf = await StartAsync();
        shelf.Write("src/.vpython3", "wheel: < name: \"wheels/hello\" version: \"version:1.0\" >\n");
        shelf.Write("src/readme.md", "A text about [VPYTHON:BEGIN] and nothing more.\n");
        shelf.Write("src/tool.py", "print(1)\n");
        Assert.Equal(0, Run(shelf, "verify", "src").ExitCode);
        Assert.Equal(0, Run(shelf, "verify", Path.Combine("src", "tool.py")).ExitCode);
        Assert.Contains("VPY3006", Run(shelf, "verify", "none").Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mirror_works_without_a_network_and_is_filled_incrementally()
    {
        await using LoopbackShelf shelf = await StartAsync();
        shelf.Write(".vpython3", "wheel: < name: \"wheels/hello\" version: \"latest\" >\nwheel: < name: \"wheels/native/${vpython_platform}\" version: \"version:2.0\" >\n");
        string mirror = shelf.Combine("copy");
        string[] pull = ["mirror", "pull", "--to", mirror, "--platform", "manylinux-x64-py3.11", ".vpython3"];
        Assert.Equal((0, "2 packages, 2 of them fetched\n"), Answer(Run(shelf, pull)));
        Assert.Equal((0, "2 packages, 0 of them fetched\n"), Answer(Run(shelf, pull)));
        Assert.Equal((0, "2 instances, all sound\n"), Answer(Run(shelf, "mirror", "verify", mirror)));

        string instance = Directory.GetFiles(Path.Combine(mirror, "instances"))[0];
        byte[] content = File.ReadAllBytes(instance);
        content[100] ^= 1;
        File.WriteAllBytes(instance, content);
        ProcessRun damaged = Run(shelf, "mirror", "verify", mirror);
        Assert.Equal(1, damaged.ExitCode);
        Assert.Contains($"{instance}: error:", damaged.Error, StringComparison.Ordinal);
        Assert.Contains("VPY3106", damaged.Error, StringComparison.Ordinal);
        Assert.Equal((0, "2 packages, 1 of them fetched\n"), Answer(Run(shelf, pull)));

        Assert.Equal(0, Run(shelf, "-vpython-packages", mirror, "verify", "--platform", "manylinux-x64-py3.11", ".vpython3").ExitCode);
    }

    [Fact]
    public async Task Packages_are_looked_for_and_fetched()
    {
        await using LoopbackShelf shelf = await StartAsync();
        PackagePin hello = shelf.Add("wheels/hello", "hello", "1.5");
        Assert.Equal((0, "wheels/hello\nwheels/native/\n"), Answer(Run(shelf, "package", "ls", "wheels/")));
        Assert.Equal((0, "wheels/hello\nwheels/native/linux-amd64_cp311_cp311\n"), Answer(Run(shelf, "package", "ls", "-r")));
        string[] prefixes = [.. JsonDocument.Parse(Run(shelf, "package", "ls", "--json", "wheels").Output).RootElement.GetProperty("prefixes").EnumerateArray().Select(prefix => prefix.GetString()!)];
        Assert.Equal(["wheels/native"], prefixes);
        Assert.Contains("version:1.5 [latest]", Run(shelf, "package", "ls", "--instances", "wheels/hello").Output, StringComparison.Ordinal);
        Assert.Equal((0, hello.Instance + "\n"), Answer(Run(shelf, "package", "resolve", "wheels/hello")));
        Assert.Equal((0, hello.Instance + "\n"), Answer(Run(shelf, "package", "resolve", "wheels/hello", "version:1.5")));
        Assert.Contains("tag         version:1.5\n", Run(shelf, "package", "describe", "wheels/hello").Output, StringComparison.Ordinal);
        Assert.Equal("version:1.5", JsonDocument.Parse(Run(shelf, "package", "describe", "--json", "wheels/hello").Output).RootElement.GetProperty("tags")[0].GetString());

        Assert.Contains(hello.Instance.Value, Run(shelf, "package", "ls", "--tag", "version:1.5", "wheels/hello").Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), Answer(Run(shelf, "package", "ls", "--tag", "version:1.5", "--tag", "version:1.0", "wheels/hello")));
        Assert.Equal(2, Run(shelf, "package", "ls", "--tag", "latest", "wheels/hello").ExitCode);
        JsonElement reference = JsonDocument.Parse(Run(shelf, "package", "ls", "--refs", "--json", "wheels/hello").Output).RootElement.GetProperty("refs")[0];
        Assert.Equal(("latest", hello.Instance.Value), (reference.GetProperty("name").GetString(), reference.GetProperty("instance").GetString()));
        Assert.StartsWith("latest", Run(shelf, "package", "ls", "--refs", "wheels/hello").Output, StringComparison.Ordinal);
        Assert.NotEmpty(shelf.Server.Log.Calls("SearchInstances"));
        Assert.NotEmpty(shelf.Server.Log.Calls("ListRefs"));

        string target = shelf.Combine("fetched");
        Assert.Equal((0, target + "\n"), Answer(Run(shelf, "package", "fetch", "--to", target, "wheels/hello")));
        Outcome.Value(InstanceFile.Open(target, hello)).Dispose();
        string wheel = Path.Combine(shelf.Combine("wheels"), "hello-1.5-py2.py3-none-any.whl");
        Assert.Equal((0, wheel + "\n"), Answer(Run(shelf, "package", "fetch", "--wheels", "--to", shelf.Combine("wheels"), "wheels/hello")));
        Assert.True(File.Exists(wheel));

        ProcessRun missing = Run(shelf, "package", "resolve", "wheels/hello", "version:3");
        Assert.Equal((1, ""), Answer(missing));
        Assert.Contains("VPY3102", missing.Error, StringComparison.Ordinal);
        Assert.Equal(2, Run(shelf, "package", "resolve", "Wheels").ExitCode);
    }

    [Fact]
    public async Task What_specs_need_is_exported_for_CIPDs_client()
    {
        await using LoopbackShelf shelf = await StartAsync();
        shelf.Write(".vpython3", Spec);
        Assert.Equal(
            (0, $"""
            $ServiceURL {shelf.Server.Url}

            $VerifiedPlatform linux-amd64
            $VerifiedPlatform windows-amd64

            @Subdir wheels
            wheels/hello                            version:1.0
            wheels/native/linux-amd64_cp311_cp311   version:2.0
            wheels/native/windows-amd64_cp311_cp311 version:2.0

            """),
            Answer(Run(shelf, "export-ensure-file", ".vpython3")));
        Assert.Empty(shelf.Server.Log.Requests);
    }

    [Fact]
    public async Task The_catalogue_is_updated_from_the_service()
    {
        await using LoopbackShelf shelf = await StartAsync();
        shelf.Add("infra/python/wheels/hello-py3", "hello", "7.5");
        shelf.Add("infra/python/wheels/native/linux-amd64_cp311_cp311", "native", "2.0");
        shelf.Add("infra/python/wheels/native/mac-arm64_cp311_cp311", "native", "2.0");
        ProcessRun updated = Run(shelf, "catalog", "update");
        Assert.Equal((0, ""), (updated.ExitCode, updated.Error));
        Assert.StartsWith($"service {shelf.Server.Url}: 2 versions, 0 wheels\n", updated.Output, StringComparison.Ordinal);
        string exported = Run(shelf, "catalog", "export").Output;
        Assert.Contains("hello-py3", exported, StringComparison.Ordinal);
        Assert.Contains("mac-arm64-py3.11", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("wheel hello-7.5", exported, StringComparison.Ordinal);

        ProcessRun complete = Run(shelf, "catalog", "update", "--with-metadata");
        Assert.StartsWith($"service {shelf.Server.Url}: 2 versions, 2 wheels\n", complete.Output, StringComparison.Ordinal);
        Assert.Contains("wheel hello-7.5", Run(shelf, "catalog", "export").Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(shelf.Combine("root"), "*.update"));
    }

    [Fact]
    public async Task An_update_that_is_interrupted_goes_on_where_it_was()
    {
        await using LoopbackShelf shelf = await StartAsync();
        PackagePin known = shelf.Add("wheels/known-py3", "known", "1.0");
        Directory.CreateDirectory(shelf.Combine("root"));
        // What a killed update left: a whole line, and the beginning of another.
        shelf.Write("root/wheels.catalogue.update", $"service {shelf.Server.Url} wheels\nwheels/known-py3\tversion:1.0={known.Instance} version:0.9={known.Instance}.\nwheels/hello\tversion:0");
        ProcessRun updated = Run(shelf, "catalog", "update", "--prefix", "wheels/");
        Assert.Equal((0, ""), (updated.ExitCode, updated.Error));
        Assert.Contains("version:0.9", Run(shelf, "catalog", "export").Output, StringComparison.Ordinal);
        Assert.Equal(2, shelf.Server.Log.Calls("ListInstances").Count());
        Assert.False(File.Exists(shelf.Combine("root", "wheels.catalogue.update")));

        // The next one begins anew, and asks for the package that was known, too.
        Run(shelf, "catalog", "update", "--prefix", "wheels");
        Assert.Equal(2 + 3, shelf.Server.Log.Calls("ListInstances").Count());
    }

    [Fact]
    public async Task An_update_that_finds_nothing_changes_nothing()
    {
        await using LoopbackShelf shelf = await StartAsync();
        ProcessRun updated = Run(shelf, "catalog", "update", "--prefix", "nothing/here");
        Assert.Equal((1, ""), (updated.ExitCode, updated.Output));
        Assert.Contains("[VPY3408]\n  next: ", updated.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(shelf.Combine("root", "wheels.catalogue")));
    }

    [Fact]
    public async Task A_run_goes_on_with_the_instance_to_which_a_tag_was_moved()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Write(".vpython3", """wheel: < name: "wheels/hello" version: "version:1.0" >""");
        Outcome.Value(await shelf.Open().ResolveAsync(Names.Package("wheels/hello"), Names.Version("version:1.0"), TestContext.Current.CancellationToken));
        Directory.Delete(shelf.Packages, recursive: true);
        PackagePin next = shelf.Add("wheels/hello", "hello", "1.0", size: 1000);
        ProcessRun run = ProcessRun.Of(
            Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "vpython3.exe" : "vpython3"),
            ["-vpython-spec", ".vpython3", "-vpython-tool", "install"],
            Path.GetDirectoryName(shelf.Packages),
            new Dictionary<string, string?>
            {
                ["VPYTHON_PACKAGES"] = shelf.Server.Url,
                ["VPYTHON_VIRTUALENV_ROOT"] = shelf.Combine("root"),
                ["CIPD_CACHE_DIR"] = shelf.Cache,
                ["CIPD_CONFIG_FILE"] = "-",
                ["LUCI_CONTEXT"] = null,
            });
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.True(File.Exists(Path.Combine(shelf.Cache, "instances", next.Instance.Value)));
    }

    private static async Task<LoopbackShelf> StartAsync()
    {
        LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Add("wheels/native/linux-amd64_cp311_cp311", "native", "2.0");
        return shelf;
    }

    private static (int, string) Answer(ProcessRun run) => (run.ExitCode, run.Output);

    [Fact]
    public async Task A_verb_that_is_interrupted_ends_by_the_signal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are those of POSIX");
        await using LoopbackShelf shelf = await StartAsync();
        shelf.Write(".vpython3", Spec);
        shelf.Server.Faults.RpcDelay = new(TimeSpan.FromMinutes(10));
        Task<ProcessRun> verifying = Task.Run(() => Run(shelf, "verify", ".vpython3"), TestContext.Current.CancellationToken);
        while (shelf.Server.Log.Requests.Count == 0) await Task.Delay(20, TestContext.Current.CancellationToken);
        int[] mine = [.. Process.GetProcessesByName("vpython3").Where(process => IsIn(process, shelf)).Select(process => process.Id)];
        using (Process kill = Process.Start("kill", ["-TERM", Assert.Single(mine).ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        ProcessRun run = await verifying;
        Assert.Equal((128 + 15, ""), (run.ExitCode, run.Output));

        static bool IsIn(Process process, LoopbackShelf shelf)
        {
            try
            {
                return new DirectoryInfo($"/proc/{process.Id}/cwd").ResolveLinkTarget(false)?.FullName == Path.GetDirectoryName(shelf.Packages);
            }
            catch (IOException)
            {
                // Another test's process, which has ended meanwhile.
                return false;
            }
        }
    }

    [Fact]
    public async Task A_mirror_whose_tag_has_moved_says_so_and_keeps_what_it_has()
    {
        await using LoopbackShelf shelf = await StartAsync();
        shelf.Write(".vpython3", "wheel: < name: \"wheels/hello\" version: \"version:1.0\" >\n");
        string wheel = new WheelBuilder("hello", "1.0").Add("other.py", "").Write(Directory.CreateDirectory(shelf.Combine("other")).FullName);
        string mirror = shelf.Combine("copy");
        Outcome.Value(PackageDirectory.Add(mirror, Names.Package("wheels/hello"), ["version:1.0"], [], wheel));
        ProcessRun run = Run(shelf, "mirror", "pull", "--to", mirror, "--platform", "manylinux-x64-py3.11", ".vpython3");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("[VPY3103]", run.Error, StringComparison.Ordinal);
        Assert.Contains("to follow", run.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(mirror, "instances")));
    }

    [Fact]
    public async Task A_mirror_tells_of_files_that_belong_to_nothing()
    {
        await using LoopbackShelf shelf = await StartAsync();
        File.WriteAllText(Path.Combine(shelf.Packages, "instances", "junk"), "");
        File.WriteAllText(Path.Combine(shelf.Packages, "instances", ".gitattributes"), "");
        ProcessRun run = Run(shelf, "mirror", "verify", shelf.Packages);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("junk' belongs to no package", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split("VPY3114")[1..]);
    }

    [Fact]
    public async Task An_instance_that_cannot_be_written_is_one_error_by_its_own_name()
    {
        await using LoopbackShelf shelf = await StartAsync();
        string to = shelf.Combine("missing", "a.zip");
        ProcessRun run = Run(shelf, "package", "fetch", "--to", to, "wheels/hello");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"error: '{to}' cannot be written: its directory does not exist [VPY3115]", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VPYTHON_PACKAGES", ",", "names no place")]
    [InlineData("CIPD_SERVICE_URL", "/tmp", "cannot be a CIPD service")]
    [InlineData("CIPD_SERVICE_URL", "chrome-infra-packages.appspot.com", "cannot be a CIPD service")]
    public void What_names_no_place_is_refused(string variable, string value, string reason)
    {
        using var sandbox = new CommandSandbox();
        sandbox.Environment["VPYTHON_PACKAGES"] = null;
        sandbox.Environment[variable] = value;
        sandbox.Environment["VPYTHON_VIRTUALENV_ROOT"] = sandbox.Combine("root");
        ProcessRun run = sandbox.Run("package", "resolve", "wheels/hello");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Contains("[VPY3130]", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VPYTHON_PACKAGES", "https://user:s3cr3tpw@127.0.0.1:1")]
    [InlineData("VPYTHON_PACKAGES", "https://user:s3cr3tpw,x@127.0.0.1:1")]
    [InlineData("CIPD_SERVICE_URL", "user:s3cr3tpw@127.0.0.1")]
    [InlineData("CIPD_SERVICE_URL", "https://127.0.0.1:1/?token=s3cr3tpw")]
    [InlineData("CIPD_PROXY_URL", "http://user:s3cr3tpw@proxy")]
    public void No_message_has_the_password_of_an_address(string variable, string value)
    {
        using var sandbox = new CommandSandbox();
        sandbox.Environment["VPYTHON_PACKAGES"] = null;
        sandbox.Environment[variable] = value;
        sandbox.Environment["VPYTHON_VIRTUALENV_ROOT"] = sandbox.Combine("root");
        sandbox.Write("a.vpython3", "python_version: \"3.11\"\n");
        ProcessRun run = sandbox.Run("-vpython-log-level", "debug", "package", "resolve", "wheels/hello");
        Assert.Contains("[VPY3130]", run.Error, StringComparison.Ordinal);
        ProcessRun export = sandbox.Run("export-ensure-file", "a.vpython3");
        Assert.DoesNotContain("s3cr3tpw", run.Error + run.Output + export.Error + export.Output, StringComparison.Ordinal);
    }

    private static ProcessRun Run(LoopbackShelf shelf, params string[] arguments) => ProcessRun.Of(
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "vpython3.exe" : "vpython3"),
        arguments,
        Path.GetDirectoryName(shelf.Packages),
        new Dictionary<string, string?>
        {
            ["VPYTHON_PACKAGES"] = shelf.Server.Url,
            ["VPYTHON_VIRTUALENV_ROOT"] = shelf.Combine("root"),
            ["CIPD_CACHE_DIR"] = null,
            ["CIPD_CONFIG_FILE"] = "-",
            ["LUCI_CONTEXT"] = null,
        });
}
