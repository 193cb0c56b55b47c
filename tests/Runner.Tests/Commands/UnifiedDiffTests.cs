using System.Text;
using CsCheck;
using VPythonTools.Runner.Commands;
using VPythonTools.SpecLang.Text;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands;

public sealed class UnifiedDiffTests : IDisposable
{
    private static readonly Gen<string> _text = Gen.Int[0, 5].Select(static line => "abcde\n"[line] + (line == 5 ? "" : "\n")).Array[0, 40].Select(static lines => string.Concat(lines));

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Patch_makes_the_second_text_of_the_first() => Gen.Select(_text, _text, Gen.Bool).Sample(
        (before, after, endsEarly) => Check(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(endsEarly ? after.TrimEnd('\n') : after)),
        iter: 60,
        threads: 1);

    [Fact]
    public void Bytes_that_are_no_text_are_left_as_they_are() => Check([.. "a\n# \u00E9"u8, 0xFF, (byte)'\n'], [.. "b\n# \u00E9"u8, 0xFF, (byte)'\n']);

    [Fact]
    public void The_fewest_lines_change()
    {
        Assert.Equal(
            "--- x\n+++ x\n@@ -1,4 +1,4 @@\n-a\n b\n c\n-d\n+x\n+y\n",
            Diff("a\nb\nc\nd\n", "b\nc\nx\ny\n"));
        Assert.Equal("--- x\n+++ x\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n", Diff("a", "a\n"));
        Assert.Equal("--- x\n+++ x\n@@ -0,0 +1,1 @@\n+a\n", Diff("", "a\n"));
    }

    [Fact]
    public void Texts_with_nothing_in_common_take_no_room()
    {
        string before = string.Concat(Enumerable.Range(0, 200_000).Select(static line => $"a{line}\n"));
        string after = string.Concat(Enumerable.Range(0, 200_000).Select(static line => $"b{line}\n"));
        Assert.Equal("--- x\n+++ x\n@@ -1,200000 +1,200000 @@\n".Length + before.Length + after.Length + 400_000, Diff(before, after).Length);
    }

    private static string Diff(string before, string after) => Encoding.UTF8.GetString(UnifiedDiff.Of(SourceText.From(before, "x"), SourceText.From(after, "x")));

    private void Check(byte[] before, byte[] after)
    {
        if (before.AsSpan().SequenceEqual(after)) return;
        string patch = Requirement.Tool("patch");
        string path = _directory.Combine("x");
        File.WriteAllBytes(path, before);
        ProcessRun run = ProcessRun.Of(patch, ["--no-backup-if-mismatch", "-s", "x"], _directory.Path, input: UnifiedDiff.Of(SourceText.From(before, "x"), SourceText.From(after, "x")).ToArray());
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal(after, File.Exists(path) ? File.ReadAllBytes(path) : []);
    }
}
