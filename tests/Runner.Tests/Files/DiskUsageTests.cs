using VPythonTools.Runner.Files;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Files;

public sealed class DiskUsageTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public DiskUsageTests()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows does not tell how many names a file has");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_file_with_two_names_in_two_trees_counts_in_each_and_once_in_all()
    {
        _directory.Write("a/one", new string('x', 100_000));
        Link("a/one", "b/two");
        var usage = new DiskUsage();
        TreeUsage first = usage.Add(_directory.Combine("a"));
        TreeUsage second = usage.Add(_directory.Combine("b"));
        Assert.InRange(first.Bytes, 100_000, 200_000);
        Assert.InRange(second.Bytes, 100_000, 200_000);
        Assert.True(usage.Bytes < first.Bytes + second.Bytes - 90_000);
        Assert.True(first.OwnBytes < 50_000, "what has a name elsewhere stays without this tree");
    }

    [Fact]
    public void Both_names_in_one_tree_are_its_own()
    {
        _directory.Write("a/one", new string('x', 100_000));
        Link("a/one", "a/two");
        TreeUsage usage = new DiskUsage().Add(_directory.Combine("a"));
        Assert.Equal(2, usage.Files);
        Assert.Equal(usage.Bytes, usage.OwnBytes);
        Assert.InRange(usage.Bytes, 100_000, 200_000);
    }

    [Fact]
    public void It_is_what_du_says()
    {
        _directory.Write("a/b/c/d", new string('x', 12_345));
        _directory.Write("a/b/e", "");
        Link("a/b/c/d", "a/f");
        File.CreateSymbolicLink(_directory.Combine("a", "loop"), "..");
        File.CreateSymbolicLink(_directory.Combine("a", "b", "nowhere"), "nowhere-else");
        string du = ProcessRun.Of(Requirement.Tool("du"), ["-s", "--block-size=1", _directory.Combine("a")]).Output.Split('\t')[0];
        Assert.Equal(du, $"{new DiskUsage().Add(_directory.Combine("a")).Bytes}");
    }

    [Fact]
    public void What_is_not_there_is_nothing() => Assert.Equal(default, new DiskUsage().Add(_directory.Combine("none")));

    private void Link(string existing, string made)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory.Combine(made))!);
        Assert.Equal(0, ProcessRun.Of(Requirement.Tool("ln"), [_directory.Combine(existing), _directory.Combine(made)]).ExitCode);
    }
}
