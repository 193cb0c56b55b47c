using System.IO.Compression;
using System.Text;
using CsCheck;
using VPythonTools.Runner.Archives;
using Xunit;
using Forged = VPythonTools.Runner.Tests.Archives.ZipForger.Forged;

namespace VPythonTools.Runner.Tests.Archives;

public sealed class ZipDirectoryTests
{
    private static readonly byte[] Content = "content"u8.ToArray();

    [Fact]
    public void What_another_program_packs_is_read()
    {
        byte[] large = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a line that repeats\n", 100_000)));
        ZipDirectory directory = Read(Pack(("a.txt", "first"u8.ToArray(), CompressionLevel.Optimal), ("d/é.txt", large, CompressionLevel.Optimal), ("stored", Content, CompressionLevel.NoCompression)));
        Assert.Equal(["a.txt", "d/é.txt", "stored"], directory.Members.Select(member => member.Name));
        Assert.Equal("first"u8.ToArray(), directory.ReadAll(directory.Find("a.txt")!, 100));
        Assert.Equal(large, directory.ReadAll(directory.Find("d/é.txt")!, int.MaxValue));
        Assert.Null(directory.Find("A.txt"));
    }

    [Fact]
    public void A_stored_member_is_read_where_it_lies()
    {
        ZipDirectory directory = Read(new ZipForger().Add("first").Add("second", "in place").ToBytes());
        ByteRange bytes = directory.OpenInPlace(directory.Find("second")!)!;
        var buffer = new byte[bytes.Length];
        bytes.ReadExactly(0, buffer);
        Assert.Equal("in place"u8.ToArray(), buffer);
    }

    [Fact]
    public void What_our_writer_packs_another_program_reads()
    {
        using var output = new MemoryStream();
        var writer = new StoredZipWriter(output);
        writer.Add("a", ByteRange.OfMemory(Content));
        writer.Add("b/ü", ByteRange.OfMemory(Array.Empty<byte>()));
        writer.Finish();
        using var archive = new ZipArchive(new MemoryStream(output.ToArray()));
        Assert.Equal(["a", "b/ü"], archive.Entries.Select(entry => entry.FullName));
        using var reader = new StreamReader(archive.Entries[0].Open());
        Assert.Equal("content", reader.ReadToEnd());
        Assert.Equal(2, Read(output.ToArray()).Members.Length);
    }

    [Fact]
    public void Directories_are_not_members()
    {
        ZipDirectory directory = Read(new ZipForger().Add("d/", "").Add("d/file").ToBytes());
        Assert.Equal(["d/file"], directory.Members.Select(member => member.Name));
    }

    [Theory]
    [InlineData("../escape", "has the part '..'")]
    [InlineData("a/../../escape", "has the part '..'")]
    [InlineData("a/./b", "has the part '.'")]
    [InlineData("/absolute", "is an absolute path")]
    [InlineData("a//b", "has an empty part")]
    [InlineData("C:/drive", "contains a colon")]
    [InlineData("file:stream", "contains a colon")]
    [InlineData("a\\b", "contains a backslash")]
    [InlineData("nul\0", "contains a control character")]
    [InlineData("line\nbreak", "contains a control character")]
    [InlineData("", "is empty")]
    [InlineData("con", "has the part 'con', which Windows does not take")]
    [InlineData("lib/aux.py", "has the part 'aux.py', which Windows does not take")]
    [InlineData("nul.", "has the part 'nul.', which Windows does not take")]
    [InlineData("Nul .tar.gz", "has the part 'Nul .tar.gz', which Windows does not take")]
    [InlineData("COM1/a", "has the part 'COM1', which Windows does not take")]
    [InlineData("lpt².txt", "has the part 'lpt².txt', which Windows does not take")]
    [InlineData("a /b", "has the part 'a ', which Windows does not take")]
    [InlineData("a./b", "has the part 'a.', which Windows does not take")]
    public void Names_that_could_lead_elsewhere_are_refused(string name, string reason) => Refused(new ZipForger().Add(name), reason);

    [Theory]
    [InlineData("console.py")]
    [InlineData("auxiliary/nul_test.py")]
    [InlineData("com.py")]
    [InlineData("com10")]
    [InlineData(" a/.b")]
    [InlineData("a b.c d/e")]
    public void Names_that_only_look_like_devices_are_taken(string name) => Assert.Null(MemberPath.Fault(name));

    [Fact]
    public void A_name_longer_than_file_systems_take_is_refused() => Refused(new ZipForger().Add(new string('é', 128)), "more than 255 bytes");

    [Fact]
    public void A_name_that_is_not_utf8_is_refused() => Refused(new ZipForger().Add(new Forged("x", Content) { RawName = [0xFF, 0x41] }), "is not UTF-8");

    [Fact]
    public void Two_members_of_one_name_are_refused() => Refused(new ZipForger().Add("a").Add("a"), "two members of the name 'a'");

    [Fact]
    public void Names_that_differ_only_in_case_are_refused() => Refused(new ZipForger().Add("Name.py").Add("name.py"), "one file where case does not matter");

    [Theory]
    [InlineData("Dir/")]
    [InlineData("Dir/inner/")]
    public void Directories_that_an_entry_names_count_with_those_around_them(string entry) =>
        Refused(new ZipForger().Add(entry, "").Add("Dir/inner/a").Add("dir/b"), "where case does not matter");

    [Fact]
    public void A_file_that_is_also_around_the_directory_of_an_entry_is_refused() =>
        Refused(new ZipForger().Add("a/b/", "").Add("a/b/c").Add("a"), "both a file and a directory");

    [Fact]
    public void Directories_that_differ_only_in_case_are_refused() => Refused(new ZipForger().Add("Dir/a").Add("dir/b"), "where case does not matter");

    [Fact]
    public void A_file_that_is_also_a_directory_is_refused() => Refused(new ZipForger().Add("a").Add("a/b"), "both a file and a directory");

    [Theory]
    [InlineData(0xA1FF)] // a symbolic link
    [InlineData(0x21A4)] // a character device
    [InlineData(0x11A4)] // a named pipe
    public void Links_and_devices_are_refused(int mode) => Refused(new ZipForger().Add(new Forged("link", Content) { Mode = mode }), "is not a plain file");

    [Fact]
    public void An_encrypted_member_is_refused() => Refused(new ZipForger().Add(new Forged("secret", Content) { Flags = 1 }), "is encrypted");

    [Fact]
    public void An_unknown_compression_is_refused() => Refused(new ZipForger().Add(new Forged("lzma", Content) { Method = 14 }), "method 14");

    [Fact]
    public void Too_many_members_are_refused() => Refused(new ZipForger().Add("a").Add("b").Add("c"), "3 members", new ZipLimits { Members = 2 });

    [Fact]
    public void A_member_that_would_unpack_to_too_much_is_refused() =>
        Refused(new ZipForger().Add(new Forged("bomb", Content) { Size = 1 << 30, Method = 8 }), "unpacks to", new ZipLimits { MemberSize = 1 << 20 });

    [Fact]
    public void Members_that_together_unpack_to_too_much_are_refused() =>
        Refused(new ZipForger().Add("a", new string('a', 600)).Add("b", new string('b', 600)), "unpacks to more", new ZipLimits { TotalSize = 1000 });

    [Fact]
    public void A_growth_that_no_wheel_has_is_refused()
    {
        byte[] bomb = Pack(("zeros", new byte[1 << 20], CompressionLevel.Optimal));
        Assert.NotEmpty(Read(bomb).Members);
        Refused(bomb, "times its size", new ZipLimits { RatioFreeSize = 1 << 16 });
    }

    [Fact]
    public void Overlapping_members_are_refused() =>
        Refused(new ZipForger().Add("a", new string('a', 100)).Add(new Forged("b", new byte[100]) { Offset = 10 }), "overlaps");

    [Fact]
    public void A_prefix_is_refused() => Refused(new ZipForger { Prefix = "#!/bin/sh\n"u8.ToArray() }.Add("a"), "is not where its end says");

    [Fact]
    public void A_wrong_number_of_members_is_refused()
    {
        Refused(new ZipForger { Count = 1 }.Add("a").Add("b"), "behind the last member");
        Refused(new ZipForger { Count = 3 }.Add("a").Add("b"), "");
    }

    [Fact]
    public void A_wrong_check_sum_is_found_when_the_member_is_read() => Unreadable(new Forged("a", Content) { Crc = 1 }, "its check sum is wrong");

    [Fact]
    public void Another_name_in_the_members_own_header_is_found() => Unreadable(new Forged("a", Content) { LocalName = "b" }, "contradicts the directory");

    [Fact]
    public void Another_size_in_the_members_own_header_is_found() => Unreadable(new Forged("a", Content) { LocalSize = 3 }, "contradicts the directory");

    [Theory]
    [InlineData(500, "longer than the directory says")]
    [InlineData(2000, "shorter than the directory says")]
    public void A_size_that_lies_is_found(uint size, string reason)
    {
        byte[] deflated = Deflate(new byte[1000]);
        Unreadable(new Forged("a", deflated) { Method = 8, Size = size, Crc = Crc32.Of(new byte[Math.Min(size, 1000)]) }, reason);
    }

    [Fact]
    public void Damaged_compressed_data_is_found() => Unreadable(new Forged("a", [0xFF, 0xFF, 0xFF, 0xFF]) { Method = 8, Size = 100 }, "");

    [Fact]
    public void Anything_else_is_not_an_archive()
    {
        Refused([], "not a zip archive");
        Refused("PK"u8.ToArray(), "not a zip archive");
        Refused(new byte[100_000], "not a zip archive");
    }

    [Fact]
    public void A_cut_archive_is_refused_wherever_it_is_cut()
    {
        byte[] whole = new ZipForger().Add("a").Add("d/b", "more").ToBytes();
        for (int length = 0; length < whole.Length; length++) Assert.Throws<InvalidDataException>(() => Read(whole[..length]));
    }

    [Fact]
    public void Damage_anywhere_never_gives_another_exception()
    {
        byte[] whole = Pack(("a.txt", Content, CompressionLevel.Optimal), ("d/b", new byte[5000], CompressionLevel.Optimal));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length - 1], Gen.Byte).Sample(
            (first, firstValue, second, secondValue) =>
            {
                byte[] damaged = [.. whole];
                damaged[first] = firstValue;
                damaged[second] = secondValue;
                try
                {
                    ZipDirectory directory = Read(damaged);
                    foreach (ZipMember member in directory.Members) directory.ReadAll(member, 1 << 20);
                }
                catch (InvalidDataException)
                {
                    // The one way in which damage is reported.
                }
            },
            iter: 20_000);
    }

    [Fact]
    public void The_check_sum_is_that_of_zip()
    {
        Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));
        var crc = new Crc32();
        crc.Append("12345"u8);
        crc.Append("6789"u8);
        Assert.Equal(0xCBF43926, crc.Value);
        Assert.Equal(0u, Crc32.Of([]));
    }

    private static ZipDirectory Read(byte[] bytes, ZipLimits? limits = null) => ZipDirectory.Read(ByteRange.OfMemory(bytes), limits ?? ZipLimits.Default);

    private static void Refused(ZipForger forger, string reason, ZipLimits? limits = null) => Refused(forger.ToBytes(), reason, limits);

    private static void Refused(byte[] bytes, string reason, ZipLimits? limits = null) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Read(bytes, limits)).Message, StringComparison.Ordinal);

    private static void Unreadable(Forged member, string reason)
    {
        ZipDirectory directory = Read(new ZipForger().Add(member).Add("next").ToBytes());
        Assert.Contains(
            reason,
            Assert.Throws<InvalidDataException>(() => directory.ReadAll(directory.Members[0], int.MaxValue)).Message,
            StringComparison.Ordinal);
    }

    private static byte[] Pack(params (string Name, byte[] Content, CompressionLevel Level)[] files)
    {
        using var output = new MemoryStream();
        using (var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content, CompressionLevel level) in files)
            {
                using Stream stream = archive.CreateEntry(name, level).Open();
                stream.Write(content);
            }
        }
        return output.ToArray();
    }

    private static byte[] Deflate(byte[] content)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(content);
        return output.ToArray();
    }
}
