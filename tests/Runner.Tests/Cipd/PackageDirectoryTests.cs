using System.Text;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Wheels;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd;

public sealed class PackageDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Packages => _directory.Combine("packages");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_added_wheel_is_found_by_tag_ref_and_instance()
    {
        PackagePin added = Add("1.0", tags: ["version:1.0", "git_revision:abc"], refs: ["latest"]);
        PackageDirectory source = Open();
        foreach (string version in (string[])["version:1.0", "git_revision:abc", "latest", added.Instance.Value])
            Assert.Equal(added, Outcome.Value(await Resolve(source, version)));

        using InstanceFile instance = Outcome.Value(await source.FetchAsync(added, TestContext.Current.CancellationToken));
        WheelArchive wheel = Assert.Single(Outcome.Value(instance.OpenWheels()));
        Assert.Equal("hello", wheel.Distribution.Value);
        Assert.Equal("1.0", wheel.Version);
    }

    [Fact]
    public void The_same_wheel_has_the_same_instance_id_wherever_it_is_packed()
    {
        PackagePin first = Add("1.0");
        PackagePin second = Outcome.Value(PackageDirectory.Add(_directory.Combine("elsewhere"), Names.Package("wheels/hello"), [], [], Wheel("1.0")));
        Assert.Equal(first, second);
        Assert.Equal(first, Add("1.0"));
        Assert.Single(Directory.GetFiles(Path.Combine(Packages, "instances")));
    }

    [Fact]
    public void The_index_is_sorted_and_made_for_people()
    {
        PackagePin first = Add("1.0", tags: ["version:1.0", "b:2", "a:1"], refs: ["latest"]);
        PackagePin second = Add("2.0", tags: ["version:2.0"], refs: ["latest"]);
        string[] instances = [.. ((string[])[first.Instance.Value, second.Instance.Value]).Order(StringComparer.Ordinal)];
        string text = File.ReadAllText(Path.Combine(Packages, "packages.json"));
        Assert.StartsWith(
            $$"""
            {
              "format": 1,
              "packages": {
                "wheels/hello": {
                  "instances": {
                    "{{instances[0]}}": [
            """,
            text,
            StringComparison.Ordinal);
        Assert.Contains("\"a:1\",\n          \"b:2\",\n          \"version:1.0\"\n", text, StringComparison.Ordinal);
        Assert.EndsWith($"\"latest\": \"{second.Instance}\"\n      }}\n    }}\n  }}\n}}\n", text, StringComparison.Ordinal);
        Assert.True(PackageIndex.TryParse(Encoding.UTF8.GetBytes(text), out PackageIndex? index, out _));
        Assert.Equal(text, Encoding.UTF8.GetString(index.ToJson()));
    }

    [Fact]
    public async Task A_package_that_is_not_there_is_answered_with_the_nearest_names()
    {
        Add("1.0");
        Failure failure = Outcome.Failure(
            await Open().ResolveAsync(Names.Package("wheels/helo"), Names.Version("latest"), TestContext.Current.CancellationToken),
            "VPY3101",
            "There is no package 'wheels/helo'");
        Assert.Equal("did you mean 'wheels/hello'?", failure.NextStep);
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_answered_with_the_nearest_versions()
    {
        PackagePin pin = Add("1.0", tags: ["version:1.0"], refs: ["latest"]);
        PackageDirectory source = Open();
        Assert.Equal("did you mean 'version:1.0'?", Outcome.Failure(await Resolve(source, "version:1.1"), "VPY3102", "has the tag 'version:1.1'").NextStep);
        Assert.Equal("the package has the tags version:1.0", Outcome.Failure(await Resolve(source, "git_revision:0123"), "VPY3102", "git_revision").NextStep);
        Assert.Equal("the package has the refs latest", Outcome.Failure(await Resolve(source, "canary"), "VPY3104", "no ref 'canary'").NextStep);
        Assert.Equal(
            $"the package has the instances {pin.Instance}",
            Outcome.Failure(await Resolve(source, new string('0', 40)), "VPY3105", "no instance").NextStep);
    }

    [Fact]
    public async Task A_tag_on_two_instances_names_neither()
    {
        PackagePin first = Add("1.0", tags: ["version:1.0"]);
        PackagePin second = Add("2.0");
        string index = Path.Combine(Packages, "packages.json");
        File.WriteAllText(index, File.ReadAllText(index).Replace($"\"{second.Instance}\": []", $"\"{second.Instance}\": [\"version:1.0\"]", StringComparison.Ordinal));
        Failure failure = Outcome.Failure(await Resolve(Open(), "version:1.0"), "VPY3103", "2 instances");
        Assert.Contains(first.Instance.Value, failure.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_does_not_move_to_another_instance()
    {
        Add("1.0", tags: ["version:1.0"]);
        string before = File.ReadAllText(Path.Combine(Packages, "packages.json"));
        Outcome.Failure(PackageDirectory.Add(Packages, Names.Package("wheels/hello"), ["version:1.0"], [], Wheel("2.0")), "VPY3103", "belongs to another instance");
        Assert.Equal(before, File.ReadAllText(Path.Combine(Packages, "packages.json")));
        Assert.Single(Directory.GetFiles(Path.Combine(Packages, "instances")));
    }

    [Fact]
    public async Task An_instance_that_was_changed_is_refused()
    {
        PackagePin pin = Add("1.0");
        string path = Path.Combine(Packages, "instances", pin.Instance.Value);
        byte[] content = File.ReadAllBytes(path);
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(path, content);
        Failure failure = Outcome.Failure(await Open().FetchAsync(pin, TestContext.Current.CancellationToken), "VPY3106", "other content than its name promises");
        Assert.Equal(path, failure.Location);
    }

    [Fact]
    public async Task An_instance_file_that_is_gone_is_named()
    {
        PackagePin pin = Add("1.0");
        File.Delete(Path.Combine(Packages, "instances", pin.Instance.Value));
        Failure failure = Outcome.Failure(await Open().FetchAsync(pin, TestContext.Current.CancellationToken), "VPY3105", "cannot be read");
        Assert.NotNull(failure.NextStep);
    }

    [Theory]
    [InlineData(false, "it is a directory, not a file")]
    [InlineData(true, "it is a pipe or a device, not a file")]
    public async Task What_is_no_file_is_called_what_it_is(bool isPipe, string reason)
    {
        PackagePin pin = Add("1.0");
        PackageDirectory source = Open();
        string wheel = _directory.Combine("other-1.0-py3-none-any.whl");
        foreach (string path in (string[])[Path.Combine(Packages, "instances", pin.Instance.Value), Path.Combine(Packages, "packages.json"), wheel])
        {
            File.Delete(path);
            if (isPipe) Assert.Equal(0, ProcessRun.Of("/usr/bin/mkfifo", [path]).ExitCode);
            else Directory.CreateDirectory(path);
        }
        Outcome.Failure(await source.FetchAsync(pin, TestContext.Current.CancellationToken), "VPY3105", reason);
        Outcome.Failure(PackageDirectory.Open(Packages), "VPY3107", reason);
        Outcome.Failure(PackageDirectory.Add(Packages, Names.Package("wheels/other"), [], [], wheel), "VPY3201", reason);
    }

    [Fact]
    public void A_directory_without_an_index_is_no_package_directory() =>
        Outcome.Failure(PackageDirectory.Open(_directory.Path), "VPY3107", "it has no packages.json");

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("{}", "no number 'format'")]
    [InlineData("""{"format": 2, "packages": {}}""", "its format is 2")]
    [InlineData("""{"format": 1}""", "no object 'packages'")]
    [InlineData("""{"format": 1, "packages": {"Upper": {"instances": {}}}}""", "Upper")]
    [InlineData("""{"format": 1, "packages": {"a": {"instances": {"short": []}}}}""", "'short' is not an instance ID")]
    [InlineData("""{"format": 1, "packages": {"a": {"instances": {}, "refs": {"latest": "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUC"}}}}""", "names no instance")]
    [InlineData("""{"format": 1, "packages": {"a": {"instances": {"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUC": [1]}}}}""", "")]
    public void A_broken_index_is_refused(string index, string reason)
    {
        Directory.CreateDirectory(Packages);
        File.WriteAllText(Path.Combine(Packages, "packages.json"), index);
        Assert.NotNull(Outcome.Failure(PackageDirectory.Open(Packages), "VPY3108", reason).NextStep);
    }

    [Theory]
    [InlineData("", "1:1")]
    [InlineData("x", "1:1")]
    [InlineData("{\n  \"é\" 1\n}", "2:7")]
    public void What_is_no_JSON_has_a_place(string index, string place)
    {
        Directory.CreateDirectory(Packages);
        string file = Path.Combine(Packages, "packages.json");
        File.WriteAllText(file, index);
        Failure failure = Outcome.Failure(PackageDirectory.Open(Packages), "VPY3108", "it is not JSON");
        Assert.Equal($"{file}:{place}", failure.Location);
    }

    [Fact]
    public async Task An_index_with_a_byte_order_mark_is_read()
    {
        PackagePin pin = Add("1.0", refs: ["latest"]);
        string file = Path.Combine(Packages, "packages.json");
        File.WriteAllText(file, File.ReadAllText(file), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(pin, Outcome.Value(await Resolve(Open(), "latest")));
    }

    [Fact]
    public void A_wheel_that_is_damaged_is_not_added()
    {
        string wheel = new WheelBuilder("hello", "1.0") { Record = record => record.Replace("hello.py,sha256=", "hello.py,sha512=", StringComparison.Ordinal) }
            .Add("hello.py", "")
            .Write(_directory.Path);
        Outcome.Failure(PackageDirectory.Add(Packages, Names.Package("wheels/hello"), [], [], wheel), "VPY3207", "hello.py");
        Assert.False(Directory.Exists(Packages));
    }

    [Theory]
    [InlineData("hello-1.0.data/unknown/file", "", "VPY3208", "unknown scheme")]
    [InlineData("other-1.0.data/data/file", "", "VPY3208", "does not belong to it")]
    [InlineData("hello-1.0.data/data/bin/python", "", "VPY3210", "'bin/python', which belongs to the environment itself")]
    [InlineData("hello-1.0.data/data/pyvenv.cfg", "", "VPY3210", "'pyvenv.cfg', which belongs to the environment itself")]
    [InlineData("hello-1.0.data/data/pyvenv.cfg/file", "", "VPY3210", "'pyvenv.cfg', which belongs to the environment itself")]
    [InlineData("hello-1.0.data/data/bin", "", "VPY3210", "'bin', which belongs to the environment itself")]
    [InlineData("hello-1.0.dist-info/entry_points.txt", "[console_scripts]\npython3 = hello:run\n", "VPY3210", "'bin/python3', which belongs to the environment itself")]
    public void A_wheel_that_no_environment_takes_is_not_added(string path, string content, string code, string reason)
    {
        string wheel = new WheelBuilder("hello", "1.0").Add(path, content).Write(_directory.Path);
        Failure failure = Outcome.Failure(PackageDirectory.Add(Packages, Names.Package("wheels/hello"), [], [], wheel), code, reason);
        Assert.NotNull(failure.NextStep);
        Assert.False(Directory.Exists(Packages));
    }

    [Fact]
    public void A_wheel_for_Windows_is_judged_by_environments_there()
    {
        string wheel = new WheelBuilder("hello", "1.0").Add("hello-1.0.data/data/Scripts/python.exe", "").Write(_directory.Path);
        Outcome.Value(PackageDirectory.Add(Packages, Names.Package("wheels/hello/linux-amd64"), [], [], wheel));
        Outcome.Failure(PackageDirectory.Add(Packages, Names.Package("wheels/hello/windows-amd64"), [], [], wheel), "VPY3210", "'Scripts/python.exe'");
    }

    [Theory]
    [InlineData("no-colon", "is not a tag")]
    [InlineData("Key:value", "cannot be a tag")]
    public void A_tag_has_to_be_one(string tag, string reason) =>
        Outcome.Failure(PackageDirectory.Add(Packages, Names.Package("wheels/hello"), [tag], [], Wheel("1.0")), "VPY3120", reason);

    [Fact]
    public void Many_can_add_at_once()
    {
        string[] wheels = [.. Enumerable.Range(0, 16).Select(number => Wheel($"1.{number}"))];
        Parallel.ForEach(wheels, (wheel, _, number) =>
            Outcome.Value(PackageDirectory.Add(Packages, Names.Package($"wheels/hello{number % 2}"), [$"number:{number}"], ["latest"], wheel)));
        Assert.True(PackageIndex.TryParse(File.ReadAllBytes(Path.Combine(Packages, "packages.json")), out PackageIndex? index, out _));
        Assert.Equal(16, index.Packages.Values.Sum(entry => entry.Instances.Count));
        Assert.Equal(16, index.Packages.Values.Sum(entry => entry.Tags.Count()));
    }

    private static ValueTask<Result<PackagePin>> Resolve(PackageDirectory source, string version) =>
        source.ResolveAsync(Names.Package("wheels/hello"), Names.Version(version), TestContext.Current.CancellationToken);

    private string Wheel(string version) => new WheelBuilder("hello", version).Add("hello.py", "print('hello')\n").Write(_directory.Path);

    private PackagePin Add(string version, string[]? tags = null, string[]? refs = null) =>
        Outcome.Value(PackageDirectory.Add(Packages, Names.Package("wheels/hello"), tags ?? [], refs ?? [], Wheel(version)));

    private PackageDirectory Open() => Outcome.Value(PackageDirectory.Open(Packages));
}
