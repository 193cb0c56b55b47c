using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Environments.Upkeep;
using VPythonTools.Runner.Files;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Environments.Upkeep;

public sealed class WheelCollectorTests : IDisposable
{
    private static readonly DateTime Now = DateTime.UtcNow;
    private static readonly TimeSpan Month = TimeSpan.FromDays(28);

    private readonly TemporaryDirectory _directory = new();
    private readonly StoreLayout _layout;

    public WheelCollectorTests() => _layout = new(_directory.Combine("root"));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_nobody_has_used_for_long_goes_with_its_lock()
    {
        string old = Unpacked('a', TimeSpan.FromDays(29));
        string fresh = Unpacked('b', TimeSpan.FromDays(27));
        long free = Collect(Month);
        Assert.True(free >= 10_000);
        Assert.Equal([false, true], new[] { old, fresh }.Select(Directory.Exists));
        Assert.Equal([new string('b', 64) + ".unpack"], Directory.GetFiles(Path.Combine(_layout.Wheels, "locks")).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_layout.Wheels, "building")));
    }

    [Fact]
    public void What_an_environment_is_linked_to_stays_however_old()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows does not tell how many names a file has");
        string old = Unpacked('a', TimeSpan.FromDays(290));
        Assert.Equal(0, ProcessRun.Of(Requirement.Tool("ln"), [Path.Combine(old, "files", "0"), _directory.Combine("linked")]).ExitCode);
        Assert.Equal(0, Collect(Month));
        Assert.True(Directory.Exists(old));
    }

    [Fact]
    public void Byte_code_of_an_interpreter_that_nobody_uses_goes_alone()
    {
        string wheel = Unpacked('a', TimeSpan.Zero);
        string code = Aged(Path.Combine(wheel, "bytecode", "cpython-38-0", "manifest"), TimeSpan.FromDays(29));
        Collect(Month);
        Assert.True(Directory.Exists(wheel));
        Assert.False(Directory.Exists(code));
    }

    [Fact]
    public void A_last_use_in_the_future_is_that_of_a_wrong_clock_and_ages_from_now()
    {
        string odd = Unpacked('a', TimeSpan.FromDays(-400));
        Assert.Equal(0, Collect(Month));
        new WheelCollector(_layout, new Log(LogLevel.Error)).Collect(Month, Now.AddDays(29));
        Assert.False(Directory.Exists(odd));
    }

    [Fact]
    public void While_somebody_builds_nothing_goes()
    {
        string old = Unpacked('a', TimeSpan.FromDays(29));
        using (FileLock use = FileLock.Open(_layout.WheelsLock))
        {
            use.TakeShared();
            Assert.Equal(0, Collect(Month));
            Assert.True(Directory.Exists(old));
        }
        Collect(Month);
        Assert.False(Directory.Exists(old));
    }

    [Fact]
    public void Never_is_never_and_foreign_things_stay()
    {
        string old = Unpacked('a', TimeSpan.FromDays(5000));
        string foreign = _directory.Write("root/v1/wheels/mine/x", "");
        Assert.Equal(0, Collect(TimeSpan.MaxValue));
        Assert.True(Directory.Exists(old));
        Collect(TimeSpan.Zero);
        Assert.True(File.Exists(foreign));
    }

    private long Collect(TimeSpan age) => new WheelCollector(_layout, new Log(LogLevel.Error)).Collect(age, Now);

    private string Unpacked(char digit, TimeSpan age)
    {
        string digest = new(digit, 64);
        _directory.Write($"root/v1/wheels/{digest}/files/0", new string('x', 10_000));
        _directory.Write($"root/v1/wheels/locks/{digest}.unpack", "");
        return Aged(Path.Combine(_layout.Wheels, digest, "manifest"), age);
    }

    private static string Aged(string manifest, TimeSpan age)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(manifest)!);
        File.WriteAllText(manifest, "");
        File.SetLastWriteTimeUtc(manifest, Now - age);
        File.SetLastAccessTimeUtc(manifest, Now - age);
        return Path.GetDirectoryName(manifest)!;
    }
}
