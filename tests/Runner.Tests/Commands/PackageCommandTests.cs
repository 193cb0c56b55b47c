using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands;

public sealed class PackageCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_empty_directory_name_is_not_the_working_directory(string to)
    {
        string wheel = new WheelBuilder("hello", "1.0").Write(_directory.Path);
        ProcessRun run = ProcessRun.Of(Program, ["package", "add", "--to", to, "--name", "wheels/hello", wheel], _directory.Path);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--to: the path of the package directory is empty [VPY3005]", run.Error, StringComparison.Ordinal);
        Assert.Equal([wheel], Directory.GetFileSystemEntries(_directory.Path));
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "vpython3.exe" : "vpython3");
}
