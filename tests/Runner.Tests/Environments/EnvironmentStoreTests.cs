using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Files;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Environments;

public sealed class EnvironmentStoreTests : IDisposable
{
    private const string Id = "0123456789abcdefghijklmnop";

    private readonly TemporaryDirectory _directory = new();
    private readonly StoreLayout _layout;
    private readonly EnvironmentStore _store;

    public EnvironmentStoreTests()
    {
        _layout = new(_directory.Combine("root"));
        _store = new(_layout, new Log(LogLevel.Error));
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_is_built_aside_appears_whole_under_its_name()
    {
        using HeldEnvironment held = Obtained((aside, final) =>
        {
            Assert.False(Directory.Exists(final));
            File.WriteAllText(Path.Combine(aside, "content"), "x");
            return Complete(aside, final);
        });
        Assert.Equal("x", File.ReadAllText(Path.Combine(held.Path, "content")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_layout.Building));
    }

    [Fact]
    public void A_build_that_fails_leaves_nothing_and_says_why()
    {
        Assert.False(_store.Obtain(Id, (aside, _) =>
        {
            File.WriteAllText(Path.Combine(aside, "half"), "");
            return new Failure("VPY0000", "no");
        }).TryGet(out _, out Failure? failure));
        Assert.Equal("VPY0000", failure.Code);
        Assert.False(_store.IsReady(Id));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_layout.Building));
    }

    [Fact]
    public void What_is_there_is_not_built_again()
    {
        Obtained(Complete).Dispose();
        Obtained((_, _) => throw new InvalidOperationException("built twice")).Dispose();
    }

    [Fact]
    public void Leftovers_of_a_killed_builder_go_with_the_next_build_and_those_of_others_stay()
    {
        string leftover = Path.Combine(_layout.Building, Id + ".1");
        string ofAnother = Path.Combine(_layout.Building, "another.1");
        Directory.CreateDirectory(leftover);
        Directory.CreateDirectory(ofAnother);
        Obtained(Complete).Dispose();
        Assert.False(Directory.Exists(leftover));
        Assert.True(Directory.Exists(ofAnother));
    }

    [Fact]
    public void Many_at_once_build_once()
    {
        int builds = 0;
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ => Obtained((aside, final) =>
        {
            Interlocked.Increment(ref builds);
            return Complete(aside, final);
        }).Dispose());
        Assert.Equal(1, builds);
    }

    [Fact]
    public void An_environment_that_is_held_cannot_be_taken_away()
    {
        using HeldEnvironment held = Obtained(Complete);
        using FileLock remover = FileLock.Open(_layout.UseLock(Id));
        Assert.False(remover.TryTakeExclusive());
        using HeldEnvironment? again = _store.TryHold(Id);
        Assert.NotNull(again);
    }

    [Fact]
    public void One_that_is_being_removed_cannot_be_held_the_short_way()
    {
        Obtained(Complete).Dispose();
        using FileLock remover = FileLock.Open(_layout.UseLock(Id));
        Assert.True(remover.TryTakeExclusive());
        Assert.Null(_store.TryHold(Id));
    }

    [Fact]
    public void One_that_was_never_made_leaves_no_lock_file_behind_the_short_way()
    {
        Assert.Null(_store.TryHold(Id));
        Assert.False(Directory.Exists(_layout.Locks));
    }

    [Fact]
    public void A_root_that_cannot_be_used_is_named_with_a_way_out()
    {
        var store = new EnvironmentStore(new(_directory.Write("file", "")), new Log(LogLevel.Error));
        Assert.False(store.Obtain(Id, (_, _) => new BuiltEnvironment([])).TryGet(out _, out Failure? failure));
        Assert.Equal("VPY3021", failure.Code);
        Assert.Contains(_directory.Combine("file"), failure.Message, StringComparison.Ordinal);
        Assert.Contains("-vpython-root", failure.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_environment_is_moved_away_and_built_anew()
    {
        Obtained(Complete).Dispose();
        string environment = _layout.Environment(Id);
        File.WriteAllText(Path.Combine(environment, "old"), "");
        File.Delete(Path.Combine(environment, "pyvenv.cfg"));
        Assert.False(_store.IsReady(Id));
        Assert.Null(_store.TryHold(Id));

        Obtained(Complete).Dispose();
        Assert.True(_store.IsReady(Id));
        Assert.False(File.Exists(Path.Combine(environment, "old")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_layout.Building));
    }

    [Fact]
    public void An_abandoned_environment_is_built_anew()
    {
        Obtained(Complete).Dispose();
        _store.Abandon(Id);
        Assert.False(Directory.Exists(_layout.Environment(Id)));
        int builds = 0;
        Obtained((aside, final) =>
        {
            builds++;
            return Complete(aside, final);
        }).Dispose();
        Assert.Equal(1, builds);
    }

    private static Result<BuiltEnvironment> Complete(string aside, string final)
    {
        File.WriteAllText(Path.Combine(aside, "pyvenv.cfg"), "");
        Directory.CreateDirectory(Path.Combine(aside, EnvironmentStore.Libraries));
        return new BuiltEnvironment([]);
    }

    private HeldEnvironment Obtained(Func<string, string, Result<BuiltEnvironment>> build)
    {
        Assert.True(_store.Obtain(Id, build).TryGet(out HeldEnvironment? held, out Failure? failure), failure?.ToString());
        return held!;
    }
}
