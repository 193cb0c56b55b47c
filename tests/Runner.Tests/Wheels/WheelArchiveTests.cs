using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Tests.Archives;
using VPythonTools.Runner.Wheels;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Wheels;

public sealed class WheelArchiveTests
{
    [Fact]
    public void A_sound_wheel_is_described()
    {
        using WheelArchive wheel = Outcome.Value(Open(new WheelBuilder("Some_Name", "1.0+local")
        {
            Metadata = "Metadata-Version: 2.1\nName: Some.Name\nVersion: 1.0+local\n\nDescription\nName: not this\n"u8.ToArray(),
        }.Add("some.py", "")));
        Assert.Equal("some-name", wheel.Distribution.Value);
        Assert.Equal("Some.Name", wheel.ProjectName);
        Assert.Equal("1.0+local", wheel.Version);
        Assert.Equal("Some_Name-1.0+local.dist-info", wheel.DistInfo);
        Assert.True(wheel.RootIsPurelib);
        Assert.Null(wheel.Verify());
    }

    [Fact]
    public void A_wheel_for_any_machine_can_be_opened()
    {
        byte[] bytes = new WheelBuilder("hello", "1.0") { IsPure = false }.Add("hello.so", "native").ToBytes();
        foreach (string tags in (string[])["py2.py3-none-any", "cp27-cp27m-win32", "1-cp311-cp311-macosx_11_0_arm64"])
            Outcome.Value(WheelArchive.Open(ByteRange.OfMemory(bytes), $"hello-1.0-{tags}.whl", "test"));
    }

    [Theory]
    [InlineData("hello.zip")]
    [InlineData("hello-1.0.whl")]
    [InlineData("hello.whl")]
    public void A_file_name_that_is_no_wheels_is_refused(string fileName) =>
        Outcome.Failure(WheelArchive.Open(ByteRange.OfMemory(new WheelBuilder("hello", "1.0").ToBytes()), fileName, "test"), "VPY3201", "is refused");

    [Theory]
    [InlineData("other-1.0-py3-none-any.whl")]
    [InlineData("hello-2.0-py3-none-any.whl")]
    public void Metadata_of_another_distribution_is_refused(string fileName) =>
        Outcome.Failure(WheelArchive.Open(ByteRange.OfMemory(new WheelBuilder("hello", "1.0").ToBytes()), fileName, "test"), "VPY3203", "does not belong to its file name");

    [Fact]
    public void A_name_in_the_metadata_that_differs_is_refused() =>
        Refused(new WheelBuilder("hello", "1.0") { Metadata = "Name: other\nVersion: 1.0\n"u8.ToArray() }, "VPY3203", "metadata is that of 'other' 1.0");

    [Fact]
    public void Metadata_without_a_version_is_refused() =>
        Refused(new WheelBuilder("hello", "1.0") { Metadata = "Name: hello\n"u8.ToArray() }, "VPY3204", "no Name or no Version");

    [Fact]
    public void Two_metadata_directories_are_refused() =>
        Refused(new WheelBuilder("hello", "1.0").Add("other-1.0.dist-info/METADATA", ""), "VPY3203", "several .dist-info directories");

    [Fact]
    public void No_metadata_directory_is_refused() =>
        Outcome.Failure(WheelArchive.Open(ByteRange.OfMemory(new ZipForger().Add("hello.py").ToBytes()), "hello-1.0-py3-none-any.whl", "test"), "VPY3203", "no .dist-info");

    [Theory]
    [InlineData("Wheel-Version: 2.0\n", "VPY3205", "format version is 2.0")]
    [InlineData("Wheel-Version: one\n", "VPY3204", "is not a version")]
    [InlineData("Root-Is-Purelib: true\n", "VPY3204", "no Wheel-Version")]
    public void A_format_that_is_not_known_is_refused(string wheel, string code, string reason) => Refused(new WheelBuilder("hello", "1.0") { Wheel = wheel }, code, reason);

    [Fact]
    public void A_newer_minor_version_of_the_format_is_taken() => Outcome.Value(Open(new WheelBuilder("hello", "1.0") { Wheel = "Wheel-Version: 1.9\n" })).Dispose();

    [Fact]
    public void A_wheel_without_a_record_is_refused()
    {
        Failure failure = Outcome.Failure(Open(new WheelBuilder("hello", "1.0") { Record = _ => null }), "VPY3206", "has no hello-1.0.dist-info/RECORD");
        Assert.Contains("pyopenssl", failure.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_outside_the_record_is_refused() =>
        Refused(With(record => Without(record, "hello.py")), "VPY3207", "'hello.py' is not in RECORD");

    [Fact]
    public void A_file_that_is_only_in_the_record_is_refused() =>
        Refused(With(record => record + "gone.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n"), "VPY3207", "lists 'gone.py', which is not in it");

    [Fact]
    public void A_file_without_a_hash_is_refused() =>
        Refused(With(record => Without(record, "hello.py") + "hello.py,,\n"), "VPY3207", "gives 'hello.py' no SHA-256");

    [Theory]
    [InlineData("md5=1B2M2Y8AsgTpgAmY7PhCfg")]
    [InlineData("sha1=2jmj7l5rSw0yVb_vlWAYkK_YBwk")]
    [InlineData("sha256=too-short")]
    [InlineData("sha256=")]
    [InlineData("sha256")]
    public void A_weak_or_broken_hash_is_refused(string hash) =>
        Refused(With(record => Without(record, "hello.py") + $"hello.py,{hash},\n"), "VPY3207", "gives 'hello.py' no SHA-256");

    [Fact]
    public void Another_size_in_the_record_is_refused() =>
        Refused(With(record => record.Replace(",14\n", ",15\n", StringComparison.Ordinal)), "VPY3207", "gives 'hello.py' 15 bytes, and it has 14");

    [Fact]
    public void A_file_listed_twice_and_differently_is_refused() =>
        Refused(With(record => record + "hello.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n"), "VPY3204", "lists 'hello.py' twice");

    [Theory]
    [InlineData("hello.py\n", "has 1 fields")]
    [InlineData("\"hello.py\n", "a quote that is not closed")]
    [InlineData("\"hello\".py,,\n", "text behind a closing quote")]
    public void A_malformed_record_is_refused(string record, string reason) => Refused(With(_ => record), "VPY3204", reason);

    [Theory]
    [InlineData("sha384")]
    [InlineData("sha512")]
    public void Longer_hashes_are_checked_too(string algorithm)
    {
        WheelBuilder builder = With(record => Without(record, "hello.py") + $"hello.py,{algorithm}={HashOf(algorithm, "print('hello')"u8)},14\n");
        using WheelArchive wheel = Outcome.Value(Open(builder));
        Assert.Null(wheel.Verify());
    }

    [Fact]
    public void Other_content_than_the_record_promises_is_found_when_it_is_read()
    {
        using WheelArchive wheel = Outcome.Value(Open(With(record => Without(record, "hello.py") + "hello.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,14\n")));
        Failure? failure = wheel.Verify();
        Assert.Equal("VPY3207", failure?.Code);
        Assert.Contains("the content of 'hello.py' is not what RECORD promises", failure?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Signatures_of_the_record_need_no_hash() =>
        Outcome.Value(Open(With(record => Without(record, "hello-1.0.dist-info/RECORD.jws")).Add("hello-1.0.dist-info/RECORD.jws", "{}"))).Dispose();

    [Fact]
    public void A_path_with_commas_and_quotes_is_read_as_csv_has_it() => Outcome.Value(Open(new WheelBuilder("hello", "1.0").Add("data/a,\"b\".txt", ""))).Dispose();

    [Theory]
    [InlineData("main = hello", "names no function")]
    [InlineData("main = hello:", "is not of the form")]
    [InlineData("main = hello world:run", "is not of the form")]
    [InlineData("main = os;evil:run", "is not of the form")]
    [InlineData("../main = hello:run", "has the part '..'")]
    [InlineData("dir/main = hello:run", "has a slash")]
    [InlineData("= hello:run", "is empty")]
    [InlineData("main", "names no function")]
    public void A_malformed_command_is_refused(string line, string reason) =>
        Refused(new WheelBuilder("hello", "1.0").Add("hello-1.0.dist-info/entry_points.txt", $"[console_scripts]\n{line}\n"), "VPY3204", reason);

    [Fact]
    public void Commands_are_read()
    {
        using WheelArchive wheel = Outcome.Value(Open(new WheelBuilder("hello", "1.0").Add(
            "hello-1.0.dist-info/entry_points.txt",
            """
            # A comment.
            [console_scripts]
            hello = hello.cli : main
            Hello-Two=hello:Class.method [extra]

            [gui_scripts]
            window = hello:window
            [other.group]
            anything = not a command
            """)));
        Assert.Equal(
            [new("hello", "hello.cli", "main", false), new("Hello-Two", "hello", "Class.method", false), new EntryPoint("window", "hello", "window", true)],
            wheel.EntryPoints);
    }

    [Theory]
    [InlineData("../../escape.py")]
    [InlineData("/etc/escape.py")]
    [InlineData("C:/escape.py")]
    [InlineData("a\\..\\escape.py")]
    public void Paths_that_lead_out_are_refused(string path) => Refused(new WheelBuilder("hello", "1.0").Add(path, ""), "VPY3202", "the member name");

    [Fact]
    public void A_link_is_refused() => Refused(new WheelBuilder("hello", "1.0").Add("link", "/etc/passwd", 0xA1FF), "VPY3202", "is not a plain file");

    [Fact]
    public void Something_else_than_an_archive_is_refused() =>
        Outcome.Failure(WheelArchive.Open(ByteRange.OfMemory("text"u8.ToArray()), "hello-1.0-py3-none-any.whl", "test"), "VPY3202", "not a zip archive");

    [Fact]
    public void A_wheel_that_is_not_there_is_named() => Outcome.Failure(WheelArchive.Open("/absent/hello-1.0-py3-none-any.whl"), "VPY3201", "/absent/hello-1.0");

    private static WheelBuilder With(Func<string, string?> record) => new WheelBuilder("hello", "1.0") { Record = record }.Add("hello.py", "print('hello')");

    private static string Without(string record, string path) =>
        string.Concat(record.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith(path + ",", StringComparison.Ordinal)).Select(line => line + "\n"));

    private static string HashOf(string algorithm, ReadOnlySpan<byte> content) => System.Buffers.Text.Base64Url.EncodeToString(
        algorithm == "sha384" ? System.Security.Cryptography.SHA384.HashData(content) : System.Security.Cryptography.SHA512.HashData(content));

    private static void Refused(WheelBuilder wheel, string code, string reason) => Outcome.Failure(Open(wheel), code, reason);

    private static Result<WheelArchive> Open(WheelBuilder wheel) => WheelArchive.Open(ByteRange.OfMemory(wheel.ToBytes()), wheel.FileName, "test");
}
