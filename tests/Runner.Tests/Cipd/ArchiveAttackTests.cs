using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Tests.Archives;
using VPythonTools.Runner.Tests.Wheels;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Packages;
using VPythonTools.Testing;
using Xunit;
using Forged = VPythonTools.Runner.Tests.Archives.ZipForger.Forged;

namespace VPythonTools.Runner.Tests.Cipd;

/// <summary>
/// Everything that an archive may try, by the whole way from an instance with the right hash to an environment: each is refused, and nothing is written outside the environment. An
/// attack is tried on the package and on the wheel in it, where both can carry it.
/// </summary>
public sealed class ArchiveAttackTests : IDisposable
{
    private const string Manifest = """{"format_version": "1.1", "package_name": "wheels/hello"}""";
    private const string ManifestName = ".cipdpkg/manifest.json";
    private const string Wheel = "hello-1.0-py2.py3-none-any.whl";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void An_honest_package_is_installed()
    {
        Outcome.Value(Install(Package(new WheelBuilder("hello", "1.0").Add("hello.py", "").ToBytes())));
        Assert.True(File.Exists(Path.Combine(Environment, "lib/python3.0/site-packages/hello.py")));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("a//b")]
    public void Names_that_climb_are_refused(string name) => RefusedInBoth(name);

    [Fact]
    public void An_absolute_name_is_refused() => RefusedInBoth("/tmp/evil");

    [Fact]
    public void A_name_with_a_drive_is_refused() => RefusedInBoth("C:evil");

    [Fact]
    public void A_name_with_a_stream_is_refused() => RefusedInBoth("file.txt:stream");

    [Fact]
    public void A_name_with_a_backslash_is_refused() => RefusedInBoth("..\\evil");

    [Theory]
    [InlineData("NUL")]
    [InlineData("con.txt")]
    [InlineData("lib/aux.py")]
    [InlineData("COM1")]
    [InlineData("trailing.")]
    [InlineData("trailing ")]
    public void A_name_that_Windows_reserves_is_refused(string name) => RefusedInBoth(name);

    [Fact]
    public void Names_that_are_one_without_case_are_refused()
    {
        Refused(ForgedPackage().Add("Data/x").Add("data/X"), "VPY3110");
        RefusedWheel(wheel => wheel.Add("Module.py", "1").Add("module.py", "2"), "VPY3202");
    }

    [Fact]
    public void A_link_in_the_package_is_refused() => Refused(ForgedPackage().Add(new Forged("link", "/etc/passwd"u8.ToArray()) { Mode = 0xA1FF }), "VPY3110");

    [Fact]
    public void A_link_in_the_wheel_is_refused() => RefusedWheel(wheel => wheel.Add("link", "/etc/passwd", 0xA1FF), "VPY3202");

    [Fact]
    public void Writing_through_a_link_is_refused() => RefusedWheel(wheel => wheel.Add("out", "../..", 0xA1FF).Add("out/evil", "x"), "VPY3202");

    [Fact]
    public void A_device_is_refused() => Refused(ForgedPackage().Add(new Forged("device", []) { Mode = 0x21B6 }), "VPY3110");

    [Fact]
    public void A_name_twice_is_refused()
    {
        Refused(ForgedPackage().Add("x", "1").Add("x", "2"), "VPY3110");
        RefusedWheel(wheel => wheel.Add("x.py", "1").Add("x.py", "2"), "VPY3202");
    }

    [Fact]
    public void A_second_manifest_is_refused() => Refused(ForgedPackage().Add(ManifestName, Manifest), "VPY3110");

    [Fact]
    public void A_second_manifest_by_another_case_is_refused() => Refused(ForgedPackage().Add(".CIPDPKG/manifest.json", Manifest), "VPY3110");

    [Fact]
    public void A_wheel_that_unpacks_to_a_bomb_is_refused() => RefusedWheel(wheel => wheel.Add("zeros", new byte[80 << 20]), "VPY3202");

    [Fact]
    public void A_package_that_unpacks_to_a_bomb_is_refused()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (Stream bomb = archive.CreateEntry(Wheel, CompressionLevel.SmallestSize).Open()) bomb.Write(new byte[80 << 20]);
            using (Stream manifest = archive.CreateEntry(ManifestName).Open()) manifest.Write(Encoding.UTF8.GetBytes(Manifest));
        }
        Refused(bytes.ToArray(), "VPY3110");
    }

    [Fact]
    public void More_members_than_any_package_has_are_refused() => Refused(new ZipForger { Count = ushort.MaxValue - 1 }.Add(ManifestName, Manifest), "VPY3110");

    [Theory]
    [InlineData(3u)]
    [InlineData(7_000u)]
    public void A_size_that_lies_is_refused(uint size) => Refused(ForgedPackage().Add(new Forged(Wheel, new byte[5_000]) { Size = size }), "VPY3110");

    [Fact]
    public void A_size_that_lies_in_the_members_own_header_is_refused() => Refused(ForgedPackage().Add(new Forged(Wheel, HonestWheel()) { LocalSize = 3 }), "VPY3110");

    [Fact]
    public void A_wrong_check_sum_of_the_manifest_is_refused() =>
        Refused(new ZipForger().Add(new Forged(ManifestName, Encoding.UTF8.GetBytes(Manifest)) { Crc = 1 }).Add(new Forged(Wheel, HonestWheel())), "VPY3111");

    [Fact]
    public void A_wrong_check_sum_in_the_wheel_is_refused()
    {
        byte[] wheel = HonestWheel();
        int data = wheel.AsSpan().IndexOf("hello.py"u8) + "hello.py".Length;
        wheel[data] ^= 0xFF;
        Refused(Package(wheel));
    }

    [Fact]
    public void A_package_in_a_package_is_no_wheel() => Refused(ForgedPackage().Add(new Forged("inner.zip", ForgedPackage().Add(new Forged(Wheel, HonestWheel())).ToBytes())), "VPY3113");

    [Fact]
    public void A_wheel_in_a_wheel_stays_a_file()
    {
        Outcome.Value(Install(Package(new WheelBuilder("hello", "1.0").Add("inner/evil-1.0-py3-none-any.whl", new WheelBuilder("evil", "1.0").Add("evil.py", "").ToBytes()).ToBytes())));
        Assert.False(File.Exists(Path.Combine(Environment, "lib/python3.0/site-packages/evil.py")));
    }

    [Fact]
    public void A_wheel_below_the_root_is_not_installed() => Refused(ForgedPackage().Add(new Forged($"below/{Wheel}", HonestWheel())), "VPY3113");

    [Fact]
    public void Members_that_overlap_are_refused() => Refused(ForgedPackage().Add(new Forged("a", new byte[100])).Add(new Forged("b", new byte[100]) { Offset = 0 }), "VPY3110");

    [Fact]
    public void A_manifest_of_another_package_is_refused() =>
        Refused(new ZipForger().Add(new Forged(Wheel, HonestWheel())).Add(ManifestName, Manifest.Replace("wheels/hello", "wheels/other", StringComparison.Ordinal)), "VPY3112");

    [Fact]
    public void A_manifest_that_is_no_JSON_is_refused() => Refused(new ZipForger().Add(new Forged(Wheel, HonestWheel())).Add(ManifestName, "{"), "VPY3111");

    [Fact]
    public void A_manifest_that_is_nested_without_end_is_refused() =>
        Refused(new ZipForger().Add(new Forged(Wheel, HonestWheel())).Add(ManifestName, new string('[', 200_000)), "VPY3111");

    [Fact]
    public void A_manifest_that_is_too_long_is_refused() => Refused(new ZipForger().Add(new Forged(Wheel, HonestWheel())).Add(ManifestName, new string(' ', 2 << 20)), "VPY3111");

    [Fact]
    public void A_RECORD_with_another_hash_is_refused() =>
        Refused(Package(new WheelBuilder("hello", "1.0") { Record = record => record.Replace("sha256=", "sha256=A", StringComparison.Ordinal) }.Add("hello.py", "").ToBytes()));

    [Fact]
    public void A_RECORD_without_a_file_is_refused() => Refused(Package(new WheelBuilder("hello", "1.0") { Record = WithoutModule }.Add("hello.py", "").ToBytes()), "VPY3207");

    [Fact]
    public void A_RECORD_with_a_file_outside_is_refused() =>
        Refused(Package(new WheelBuilder("hello", "1.0") { Record = record => record + "../../evil,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n" }.ToBytes()), "VPY3207");

    [Fact]
    public void A_wheel_that_overwrites_the_environments_Python_is_refused() => RefusedWheel(wheel => wheel.Add("hello-1.0.data/data/bin/python3", "evil"), "VPY3210");

    [Fact]
    public void An_entry_point_that_climbs_is_refused() =>
        RefusedWheel(wheel => wheel.Add("hello-1.0.dist-info/entry_points.txt", "[console_scripts]\n../../evil = hello:run\n"), "VPY3204");

    [Fact]
    public void Bytes_before_the_archive_are_refused() => Refused(new ZipForger { Prefix = "#!/bin/sh\n"u8.ToArray() }.Add(ManifestName, Manifest), "VPY3110");

    private string Environment => _directory.Combine("sandbox", "environment");

    private static byte[] HonestWheel() => new WheelBuilder("hello", "1.0").Add("hello.py", "print('hello')\n").ToBytes();

    private static string? WithoutModule(string record) => string.Concat(record.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("hello.py", StringComparison.Ordinal)).Select(line => line + "\n"));

    private static ZipForger ForgedPackage() => new ZipForger().Add(ManifestName, Manifest);

    private static byte[] Package(byte[] wheel) => ForgedPackage().Add(new Forged(Wheel, wheel)).ToBytes();

    private void RefusedInBoth(string name)
    {
        Refused(ForgedPackage().Add(new Forged(Wheel, HonestWheel())).Add(name), "VPY3110");
        RefusedWheel(wheel => wheel.Add(name, "evil"), "VPY3202");
    }

    private void RefusedWheel(Func<WheelBuilder, WheelBuilder> attack, string code) => Refused(Package(attack(new("hello", "1.0")).ToBytes()), code);

    private void Refused(ZipForger package, string? code = null) => Refused(package.ToBytes(), code);

    private void Refused(byte[] package, string? code = null)
    {
        Result<InstallReport> outcome = Install(package);
        Assert.NotNull(outcome.Failure);
        if (code is not null) Assert.Equal(code, outcome.Failure.Code);
        string[] outside = [.. Directory.EnumerateFileSystemEntries(_directory.Path, "*", SearchOption.AllDirectories)
            .Where(path => !path.StartsWith(Environment, StringComparison.Ordinal) && path != _directory.Combine("sandbox") && path != _directory.Combine("instance"))];
        Assert.Empty(outside);
        Assert.False(Path.Exists("/tmp/evil"));
    }

    private Result<InstallReport> Install(byte[] package)
    {
        string path = _directory.Combine("instance");
        File.WriteAllBytes(path, package);
        Assert.True(PackageName.TryParse("wheels/hello", out PackageName name, out _));
        Result<InstanceFile> opened = InstanceFile.Open(path, new(name, InstanceId.FromSha256(SHA256.HashData(package))));
        if (!opened.TryGet(out InstanceFile? instance, out Failure? failure)) return failure;
        using (instance)
        {
            if (!instance.OpenWheels().TryGet(out var wheels, out failure)) return failure;
            Directory.CreateDirectory(Environment);
            return Installation.Install(wheels, Target());
        }
    }

    private InstallTarget Target() => InstallTarget.Nominal(isWindows: false) with { Directory = Environment, FinalDirectory = Environment };
}
