using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd;

public sealed class StackedSourcesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_first_has_not_comes_from_the_next()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Add("wheels/far", "far", "1.0");
        PackageDirectory near = Near(shelf, "hello", "0.5", "version:1.0");
        var stack = new StackedSources([near, shelf.Open()]);

        PackagePin own = Outcome.Value(await stack.ResolveAsync(Names.Package("wheels/hello"), Names.Version("version:1.0"), Stop));
        Assert.Equal(own, Outcome.Value(await near.ResolveAsync(Names.Package("wheels/hello"), Names.Version("version:1.0"), Stop)));
        Outcome.Value(await stack.FetchAsync(own, Stop)).Dispose();
        Assert.Empty(shelf.Server.Log.Requests);

        PackagePin far = Outcome.Value(await stack.ResolveAsync(Names.Package("wheels/far"), Names.Version("latest"), Stop));
        Outcome.Value(await stack.FetchAsync(far, Stop)).Dispose();
        Assert.Equal(["wheels/far", "wheels/hello"], Outcome.Value(await stack.ListAsync("wheels", false, Stop)).Packages);
        Assert.Equal(2, Outcome.Value(await stack.ListInstancesAsync(Names.Package("wheels/hello"), 10, Stop)).Length);
        Assert.Equal(["version:1.0"], Outcome.Value(await stack.DescribeAsync(far, Stop)).Tags);
        Assert.True(stack.ChangesUnseen);
        Assert.Single(stack.Watched);
    }

    [Fact]
    public async Task What_nobody_has_is_said_of_all()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        var stack = new StackedSources([Near(shelf, "near", "1.0", "version:1.0"), shelf.Open()]);
        string message = Outcome.Failure(await stack.ResolveAsync(Names.Package("wheels/hello"), Names.Version("version:7"), Stop), "VPY3102", "version:7").Message;
        Assert.Contains(shelf.Server.Url, message, StringComparison.Ordinal);
        Assert.Contains("nor in the package directory", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_in_the_first_is_not_passed_over()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackagePin pin = Outcome.Value(await shelf.Open().ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
        using var mirror = new TemporaryDirectory();
        Outcome.Value(await new PackageMirror(mirror.Path).PullAsync(shelf.Open(), [(pin, Names.Version("latest"))], Stop));
        File.WriteAllText(mirror.Combine("instances", pin.Instance.Value), "damaged");
        var stack = new StackedSources([Outcome.Value(PackageDirectory.Open(mirror.Path)), shelf.Open()]);
        Outcome.Failure(await stack.FetchAsync(pin, Stop), "VPY3106", "other content");
    }

    [Fact]
    public async Task What_the_first_does_not_show_comes_from_the_next_and_both_are_told_where_it_does_not()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackageDirectory near = Near(shelf, "near", "1.0", "version:1.0");
        shelf.Server.Faults.RpcCode = new(CipdServer.RpcCode.PermissionDenied);
        var stack = new StackedSources([shelf.Open(), near]);
        Outcome.Value(await stack.ResolveAsync(Names.Package("wheels/near"), Names.Version("version:1.0"), Stop));
        Failure failure = Outcome.Failure(await stack.ResolveAsync(Names.Package("wheels/none"), Names.Version("version:1.0"), Stop), "VPY3101", "package directory");
        Assert.Equal("VPY3136", Assert.Single(failure.Others).Code);
    }

    private static PackageDirectory Near(LoopbackShelf shelf, string name, string version, string tag)
    {
        string wheel = new WheelBuilder(name, version).Add($"{name}.py", "").Write(Path.GetDirectoryName(shelf.Packages)!);
        Outcome.Value(PackageDirectory.Add(shelf.Combine("near"), Names.Package($"wheels/{name}"), [tag], [], wheel));
        return Outcome.Value(PackageDirectory.Open(shelf.Combine("near")));
    }
}
