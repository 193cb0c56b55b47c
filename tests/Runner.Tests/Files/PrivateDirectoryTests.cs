using VPythonTools.Runner.Files;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Files;

public sealed class PrivateDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void One_that_is_missing_is_made_for_its_owner_alone()
    {
        string path = _directory.Combine("root");
        Assert.Null(PrivateDirectory.Ensure(path));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(path));
        Assert.Null(PrivateDirectory.Ensure(path));
    }

    [Theory]
    [InlineData(0b111_111_000)]
    [InlineData(0b111_101_111)]
    public void One_that_others_may_write_to_is_refused(int mode)
    {
        Directory.CreateDirectory(_directory.Combine("root"));
        File.SetUnixFileMode(_directory.Combine("root"), (UnixFileMode)mode);
        Assert.Contains("others may write to it", PrivateDirectory.Ensure(_directory.Combine("root"))?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_refused_wherever_it_leads()
    {
        Directory.CreateDirectory(_directory.Combine("mine"));
        File.CreateSymbolicLink(_directory.Combine("root"), _directory.Combine("mine"));
        Assert.Contains("not a directory", PrivateDirectory.Ensure(_directory.Combine("root"))?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_another_user_is_refused()
    {
        // Whoever runs the tests, one of these two belongs to somebody else.
        string path = Environment.UserName == "root" ? _directory.Combine("root") : "/";
        if (path != "/")
        {
            Directory.CreateDirectory(path);
            Assert.Equal(0, ProcessRun.Of(Requirement.Tool("chown"), ["65534", path]).ExitCode);
        }
        Assert.Contains("belongs to another user", PrivateDirectory.Ensure(path)?.Message, StringComparison.Ordinal);
    }
}
