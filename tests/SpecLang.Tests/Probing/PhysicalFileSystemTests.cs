using System.IO.Pipes;
using VPythonTools.SpecLang.Probing;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Probing;

public sealed class PhysicalFileSystemTests : IDisposable
{
    private readonly PhysicalFileSystem _files = PhysicalFileSystem.Instance;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_directory_has_the_names_of_what_is_in_it_and_anything_else_none()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(Path.Join(directory.Path, "file"), "");
        Directory.CreateDirectory(Path.Join(directory.Path, "below", "deeper"));

        Assert.Equal(["below", "file"], PhysicalFileSystem.Instance.GetNames(directory.Path).Order(StringComparer.Ordinal));
        Assert.Empty(PhysicalFileSystem.Instance.GetNames(Path.Join(directory.Path, "file")));
        Assert.Empty(PhysicalFileSystem.Instance.GetNames(Path.Join(directory.Path, "missing")));
    }

    [Fact]
    public void Kinds_are_those_behind_links()
    {
        Requirement.Met(!OperatingSystem.IsWindows(), "links need a privilege on Windows");
        string file = _directory.Write("file", "");
        File.CreateSymbolicLink(_directory.Combine("to-file"), "file");
        Directory.CreateSymbolicLink(_directory.Combine("to-directory"), ".");
        File.CreateSymbolicLink(_directory.Combine("to-nothing"), "nothing");
        File.CreateSymbolicLink(_directory.Combine("to-itself"), "to-itself");

        Assert.Equal(FileKind.File, _files.GetKind(file));
        Assert.Equal(FileKind.Directory, _files.GetKind(_directory.Path));
        Assert.Equal(FileKind.Directory, _files.GetKind(_directory.Path + "/"));
        Assert.Equal(FileKind.File, _files.GetKind(_directory.Combine("to-file")));
        Assert.Equal(FileKind.Directory, _files.GetKind(_directory.Combine("to-directory")));
        Assert.Equal(FileKind.Missing, _files.GetKind(_directory.Combine("to-nothing")));
        Assert.Equal(FileKind.LinkLoop, _files.GetKind(_directory.Combine("to-itself")));
        Assert.Equal(FileKind.Missing, _files.GetKind(_directory.Combine("nothing")));
        Assert.Equal(FileKind.Missing, _files.GetKind(file + "/below"));
        Assert.Equal(FileKind.Missing, _files.GetKind(_directory.Combine(new string('x', 5000))));
        Assert.Equal(FileKind.Missing, _files.GetKind(_directory.Path + "/nul\0"));
        Assert.Equal(FileKind.File, _files.GetKind("/dev/null"));
    }

    [Fact]
    public void A_descriptor_that_is_a_pipe_is_a_file()
    {
        Requirement.Met(!OperatingSystem.IsWindows(), "Windows has no paths of descriptors");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);

        Assert.Equal(FileKind.File, _files.GetKind($"/dev/fd/{pipe.SafePipeHandle.DangerousGetHandle()}"));
    }

    [Fact]
    public void What_is_in_a_directory_that_may_not_be_searched_is_inaccessible()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root") Assert.Skip("only a POSIX system closes directories, and not to the superuser");
        string file = _directory.Write("closed/file", "");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_directory.Combine("closed"), UnixFileMode.None);

        Assert.Equal(FileKind.Inaccessible, _files.GetKind(file));
    }

    [Theory]
    [InlineData("file", "file")]
    [InlineData("to-file", "file")]
    [InlineData("chain", "file")]
    [InlineData("absolute", "d/file")]
    [InlineData("to-d/file", "d/file")]
    [InlineData("to-d/../file", "file")]
    [InlineData("deep/../file", "d/file")]
    [InlineData("./d//file", "d/file")]
    [InlineData("d/", "d")]
    [InlineData("to-nothing", null)]
    [InlineData("to-itself", null)]
    [InlineData("nothing/..", null)]
    public void Links_are_resolved_as_the_system_does(string path, string? expected)
    {
        Requirement.Met(!OperatingSystem.IsWindows(), "Windows does not look behind links");
        _directory.Write("file", "");
        _directory.Write("d/file", "");
        _directory.Write("d/e/present", "");
        File.CreateSymbolicLink(_directory.Combine("to-file"), "./file");
        File.CreateSymbolicLink(_directory.Combine("chain"), "d/../to-file");
        File.CreateSymbolicLink(_directory.Combine("absolute"), _directory.Combine("d", "file"));
        Directory.CreateSymbolicLink(_directory.Combine("to-d"), "d/");
        Directory.CreateSymbolicLink(_directory.Combine("deep"), "to-d/e");
        File.CreateSymbolicLink(_directory.Combine("to-nothing"), "nothing");
        File.CreateSymbolicLink(_directory.Combine("to-itself"), "to-itself");

        Assert.Equal(expected is null ? null : _directory.Combine(expected), _files.ResolveLinks(_directory.Path + "/" + path));
    }

    [Fact]
    public void A_file_whose_length_is_not_told_is_read_to_its_end()
    {
        Requirement.Met(OperatingSystem.IsLinux(), "only Linux has /proc");

        Assert.NotEmpty(_files.TryReadFile("/proc/self/status", out string? error)!);
        Assert.Null(error);
    }

    [Fact]
    public void A_file_that_someone_has_locked_can_be_read()
    {
        Requirement.Met(!OperatingSystem.IsWindows(), "locks are binding on Windows");
        string path = _directory.Write("script.py", "pass");
        using var locked = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal("pass"u8.ToArray(), _files.TryReadRepeatableFile(path, out _));
        Assert.Equal("pass"u8.ToArray(), _files.TryReadFile(path, out _));
    }

    [Fact]
    public void A_pipe_without_a_writer_is_not_waited_for()
    {
        Requirement.Met(!OperatingSystem.IsWindows(), "Windows has no named pipes in directories");
        Assert.Equal(0, ProcessRun.Of(Requirement.Tool("mkfifo"), [_directory.Combine("pipe")]).ExitCode);

        Assert.Null(_files.TryReadRepeatableFile(_directory.Combine("pipe"), out string? error));
        Assert.Null(error);
    }

    [Fact]
    public void What_cannot_be_read_has_a_cause()
    {
        Assert.Null(_files.TryReadFile(_directory.Combine("nothing"), out string? missing));
        Assert.Null(_files.TryReadFile(_directory.Path, out string? directory));
        Assert.NotNull(missing);
        Assert.NotNull(directory);
    }
}
