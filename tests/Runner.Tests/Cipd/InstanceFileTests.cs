using System.IO.Compression;
using System.Security.Cryptography;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Tests.Archives;
using VPythonTools.SpecLang.Packages;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd;

public sealed class InstanceFileTests : IDisposable
{
    private const string Manifest = """{"format_version": "1.1", "package_name": "wheels/hello", "install_mode": "symlink"}""";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_wheel_is_read_whether_the_package_stored_or_deflated_it(CompressionLevel level)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var wheel = new WheelBuilder("hello", "1.0").Add("hello.py", "");
            using (Stream stream = archive.CreateEntry(wheel.FileName, level).Open()) stream.Write(wheel.ToBytes());
            using (Stream stream = archive.CreateEntry(".cipdpkg/manifest.json", level).Open()) stream.Write(System.Text.Encoding.UTF8.GetBytes(Manifest));
        }
        using InstanceFile instance = Outcome.Value(Open(bytes.ToArray(), "wheels/hello"));
        Assert.Null(Assert.Single(Outcome.Value(instance.OpenWheels())).Verify());
    }

    [Theory]
    [InlineData("""{"format_version": "1", "package_name": "a", "package_name": "b"}""")]
    [InlineData("""{"format_version": "1", "package_name": "a", "package\u005fname": "a"}""")]
    [InlineData("""{"format_version": "1", "package_name": "a", "other": 1, "other": 2}""")]
    public void A_manifest_with_two_members_of_one_name_is_refused(string json) =>
        Assert.Throws<InvalidDataException>(() => InstanceManifest.Parse(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_manifest_that_names_another_package_is_refused() =>
        Outcome.Failure(Open(new ZipForger().Add(".cipdpkg/manifest.json", Manifest), "wheels/other"), "VPY3112", "was built as the package 'wheels/hello'");

    [Theory]
    [InlineData(null, "has no .cipdpkg/manifest.json")]
    [InlineData("not json", "not JSON")]
    [InlineData("{}", "lacks 'format_version'")]
    [InlineData("""{"format_version": 1, "package_name": "wheels/hello"}""", "lacks 'format_version'")]
    [InlineData("""{"format_version": "2", "package_name": "wheels/hello"}""", "the format '2'")]
    public void An_archive_without_a_proper_manifest_is_no_instance(string? manifest, string reason)
    {
        ZipForger forger = new ZipForger().Add("file");
        if (manifest is not null) forger.Add(".cipdpkg/manifest.json", manifest);
        Outcome.Failure(Open(forger, "wheels/hello"), "VPY3111", reason);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.1")]
    public void An_instance_without_a_wheel_at_its_root_is_refused(string format)
    {
        ZipForger forger = new ZipForger().Add("d/x.whl").Add(".cipdpkg/manifest.json", Manifest.Replace("1.1", format, StringComparison.Ordinal));
        using InstanceFile instance = Outcome.Value(Open(forger, "wheels/hello"));
        Outcome.Failure(instance.OpenWheels(), "VPY3113", "holds no wheel");
    }

    [Fact]
    public void A_hostile_archive_is_refused() => Outcome.Failure(Open(new ZipForger().Add("../escape"), "wheels/hello"), "VPY3110", "has the part '..'");

    [Fact]
    public void A_hash_that_cannot_be_checked_is_refused()
    {
        // 32 bytes of a digest and the algorithm 9, which CIPD does not have yet.
        Assert.True(InstanceId.TryParse("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAJ", out InstanceId unknown));
        string path = _directory.Write("instance", "");
        Outcome.Failure(InstanceFile.Open(path, new(Names.Package("wheels/hello"), unknown)), "VPY3106", "a hash that is not known");
    }

    [Fact]
    public void An_old_instance_named_by_sha1_is_read()
    {
        byte[] bytes = new ZipForger().Add(".cipdpkg/manifest.json", Manifest).ToBytes();
        string path = _directory.Combine("instance");
        File.WriteAllBytes(path, bytes);
#pragma warning disable CA5350 // The oldest instances of CIPD are named by SHA-1.
        Assert.True(InstanceId.TryParse(Convert.ToHexStringLower(SHA1.HashData(bytes)), out InstanceId id));
#pragma warning restore CA5350
        Outcome.Value(InstanceFile.Open(path, new(Names.Package("wheels/hello"), id))).Dispose();
    }

    private Result<InstanceFile> Open(ZipForger forger, string package) => Open(forger.ToBytes(), package);

    private Result<InstanceFile> Open(byte[] bytes, string package)
    {
        string path = _directory.Combine("instance");
        File.WriteAllBytes(path, bytes);
        return InstanceFile.Open(path, new(Names.Package(package), InstanceId.FromSha256(SHA256.HashData(bytes))));
    }
}
