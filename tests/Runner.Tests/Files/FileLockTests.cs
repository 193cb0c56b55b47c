using VPythonTools.Runner.Files;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Files;

public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string LockFile => _directory.Combine("locks", "a.use");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Many_share_and_one_holds_alone()
    {
        using FileLock first = FileLock.Open(LockFile);
        using FileLock second = FileLock.Open(LockFile);
        using FileLock third = FileLock.Open(LockFile);
        Assert.True(first.TryTakeShared());
        Assert.True(second.TryTakeShared());
        Assert.False(third.TryTakeExclusive());
        first.Dispose();
        second.Dispose();
        Assert.True(third.TryTakeExclusive());
    }

    [Fact]
    public void A_lock_file_that_does_not_exist_is_not_made_by_looking()
    {
        Assert.Null(FileLock.OpenExisting(LockFile));
        Assert.False(File.Exists(LockFile));
    }

    [Fact]
    public void Recording_a_use_changes_the_time_of_the_file()
    {
        using FileLock held = FileLock.Open(LockFile);
        File.SetLastWriteTimeUtc(LockFile, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        held.RecordUse();
        Assert.True(File.GetLastWriteTimeUtc(LockFile).Year > 2001);
    }

    [Fact]
    public void A_lock_kept_through_execution_can_be_dropped_again()
    {
        using FileLock held = FileLock.Open(LockFile);
        held.TakeShared();
        held.KeepThroughExecution();
        held.DropAtExecution();
        held.Dispose();
        using FileLock other = FileLock.Open(LockFile);
        Assert.True(other.TryTakeExclusive());
    }
}
