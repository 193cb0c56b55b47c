using System.Text;
using CsCheck;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Files;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Environments;

public sealed class WarmRecordTests : IDisposable
{
    private static readonly WarmKey Key = KeyOf("what decides");

    private readonly TemporaryDirectory _directory = new();

    private string Records => _directory.Combine("warm");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_kept_record_is_found_while_what_it_rests_on_is_unchanged()
    {
        string watched = _directory.Write("python", "1");
        Record(watched, _directory.Combine("absent")).Keep(Records, Key);

        WarmRecord? found = WarmRecord.Find(Records, Key);
        Assert.Equal("id", found?.EnvironmentId);
        Assert.Equal("bin/python3", found?.Python);

        File.WriteAllText(watched, "22");
        Assert.Null(WarmRecord.Find(Records, Key));
    }

    [Fact]
    public void A_watched_path_that_appears_makes_a_record_stale()
    {
        Record(_directory.Combine("absent")).Keep(Records, Key);
        Assert.NotNull(WarmRecord.Find(Records, Key));
        _directory.Write("absent", "");
        Assert.Null(WarmRecord.Find(Records, Key));
    }

    [Fact]
    public void What_changes_between_the_decision_and_the_record_is_noticed()
    {
        string watched = _directory.Write("packages.json", "1");
        WarmRecord record = Record(watched);
        File.WriteAllText(watched, "22");
        record.Keep(Records, Key);
        Assert.Null(WarmRecord.Find(Records, Key));
    }

    [Fact]
    public void Another_key_finds_nothing()
    {
        Record().Keep(Records, Key);
        Assert.Null(WarmRecord.Find(Records, KeyOf("something else")));
    }

    [Fact]
    public void A_record_of_another_key_under_the_same_name_is_not_taken()
    {
        // As if the two keys had one hash.
        byte[] content = new WarmRecord("id", "bin/python3", []).Format(KeyOf("another key"));
        Assert.NotNull(WarmRecord.Parse(content, KeyOf("another key")));
        Assert.Null(WarmRecord.Parse(content, Key));
    }

    [Fact]
    public void Damage_anywhere_is_noticed()
    {
        byte[] whole = new WarmRecord("id", "bin/python3", [new("/p", new(1, 2, 3, 4))]).Format(Key);
        Assert.NotNull(WarmRecord.Parse(whole, Key));
        for (int length = 0; length < whole.Length; length++) Assert.Null(WarmRecord.Parse(whole.AsSpan(0, length), Key));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte[1, 255]).Sample(
            (index, flip) =>
            {
                byte[] damaged = [.. whole];
                damaged[index] ^= flip;
                return WarmRecord.Parse(damaged, Key) is null;
            },
            iter: 2000);
    }

    [Fact]
    public void Paths_that_the_caller_named_are_not_written_down_and_are_watched_all_the_same()
    {
        string named = _directory.Combine("named-by-the-caller");
        Directory.CreateDirectory(named);
        var key = new WarmKey("spec"u8.ToArray(), ["", named]);
        Record(named, _directory.Combine("other")).Keep(Records, key);

        string content = Encoding.Latin1.GetString(File.ReadAllBytes(Directory.GetFiles(Records).Single()));
        Assert.DoesNotContain("named-by-the-caller", content, StringComparison.Ordinal);
        Assert.Contains("other", content, StringComparison.Ordinal);
        Assert.Equal([named, _directory.Combine("other")], WarmRecord.Find(Records, key)!.Watched.Select(watched => watched.Path));

        _directory.Write("named-by-the-caller/new", "");
        Assert.Null(WarmRecord.Find(Records, key));
    }

    [Fact]
    public void A_store_that_cannot_be_written_to_keeps_none_and_says_nothing() =>
        Record().Keep(_directory.Write("a-file", "") + "/warm", Key);

    private static WarmRecord Record(params string[] watched) => new("id", "bin/python3", [.. watched.Select(WatchedPath.Now)]);

    private static WarmKey KeyOf(string text) => new(Encoding.UTF8.GetBytes(text), []);
}
