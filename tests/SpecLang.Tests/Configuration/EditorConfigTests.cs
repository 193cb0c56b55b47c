using System.Collections.Immutable;
using CsCheck;
using VPythonTools.SpecLang.Configuration;
using VPythonTools.SpecLang.Probing;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Configuration;

public sealed class EditorConfigTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("*", "a.py", true)]
    [InlineData("*.vpython3", "tools/.vpython3", true)]
    [InlineData("*.vpython3", "tools/deep/x.py.vpython3", true)]
    [InlineData("/*.py", "tools/a.py", false)]
    [InlineData("tools/*.py", "tools/a.py", true)]
    [InlineData("tools/*.py", "tools/b/a.py", false)]
    [InlineData("tools/**.py", "tools/b/a.py", true)]
    [InlineData("tools/**/a.py", "tools/b/c/a.py", true)]
    [InlineData("tools/**/a.py", "tools/a.py", true)]
    [InlineData("tools/**a.py", "tools/a.py", true)]
    [InlineData("tools**/a.py", "tools/a.py", true)]
    [InlineData("{a,b}.py", "b.py", true)]
    [InlineData("{a,b{c,d}}.py", "bd.py", true)]
    [InlineData("{a}.py", "{a}.py", true)]
    [InlineData("{a}.py", "a.py", false)]
    [InlineData("a{,b}.py", "a.py", true)]
    [InlineData("{1..12}.py", "12.py", true)]
    [InlineData("{1..12}.py", "13.py", false)]
    [InlineData("{-3..3}.py", "-2.py", true)]
    [InlineData("[ab].py", "a.py", true)]
    [InlineData("[!ab].py", "a.py", false)]
    [InlineData("[a-c].py", "b.py", true)]
    [InlineData("[a/b].py", "a.py", false)]
    [InlineData("?.py", "ä.py", true)]
    [InlineData("?.py", ".py", false)]
    [InlineData("\\*.py", "*.py", true)]
    [InlineData("\\*.py", "a.py", false)]
    [InlineData("{a", "{a", true)]
    [InlineData("[a", "[a", true)]
    [InlineData("}", "}", true)]
    public void A_section_names_paths_by_a_pattern(string section, string path, bool matches) =>
        Assert.Equal(matches, EditorConfigGlob.Parse(section).Matches(path));

    [Fact]
    public void A_pattern_made_to_be_slow_is_not()
    {
        // Every way to match is followed at once; one after the other would take longer than anyone can wait.
        string section = string.Concat(Enumerable.Repeat("{a,aa,*,**}", 300));
        Assert.False(EditorConfigGlob.Parse(section + "b").Matches(new string('a', 2_000)));
        Assert.True(EditorConfigGlob.Parse(section).Matches(new string('a', 2_000)));
    }

    [Fact]
    public void Nearer_files_and_later_sections_win_up_to_the_root()
    {
        Write(".editorconfig", "[*]\nfar = 1\n");
        Write("a/.editorconfig", "# comment\n; comment\n\uFEFFroot=nothing\nROOT = True\n[*]\nx = 1\nY = Two ; all of it\n[*.py]\nx = 2\nz=3\n");
        Write("a/b/.editorconfig", "[c.py]\nx = 3\nz = UNSET\nroot = true\nno value\n= nothing\n");
        ImmutableDictionary<string, string> settings = new EditorConfig(PhysicalFileSystem.Instance).SettingsOf(_directory.Combine("a/b/c.py"));
        Assert.Equal(["root=true", "x=3", "y=Two ; all of it"], settings.Select(static setting => $"{setting.Key}={setting.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_of_unreasonable_size_says_nothing()
    {
        Write(".editorconfig", "root = true\n[*]\nx = 1\n#" + new string(' ', EditorConfigFile.MaxLength));
        Assert.Empty(new EditorConfig(PhysicalFileSystem.Instance).SettingsOf(_directory.Combine("a.py")));
    }

    [Fact]
    public void The_reference_implementation_sees_the_same_settings()
    {
        string tool = Requirement.Tool("editorconfig");
        string[] pieces = ["*", "**", "?", "a", "b", "c", "/", "{a,b}", "{a,{b,c}}", "{1..3}", "[ab]", "[!ab]", "[a-c]", ".py", "2", "\\*", "{c}"];
        string[] paths = ["a.py", "b", "ab.py", "c/a.py", "a/b/c.py", "a/2.py", "c2", "*", "{c}.py", "aab", "a/a/a", "3.py", "b/b2.py"];
        foreach (string path in paths) Write(path + (path.EndsWith(".py", StringComparison.Ordinal) ? "" : ".x"), "");
        var random = new Random(1);
        var disagreements = new List<string>();
        for (int round = 0; round < 100; round++)
        {
            string[] sections = [.. Enumerable.Range(0, 12).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => pieces[random.Next(pieces.Length)])))];
            // Three stars in a row, and a doubled slash, are not in the specification.
            sections = [.. sections.Where(static section => !section.Contains("***", StringComparison.Ordinal) && !section.Contains("//", StringComparison.Ordinal) && section != "/")];
            Write(".editorconfig", "root = true\n" + string.Concat(sections.Select((section, index) => $"[{section}]\nkey{index} = {index}\n")));
            ProcessRun run = ProcessRun.Of(tool, paths.Select(path => _directory.Combine(path)));
            string[] theirs = [.. run.Output.Split('[', StringSplitOptions.RemoveEmptyEntries)];
            var reader = new EditorConfig(PhysicalFileSystem.Instance);
            for (int i = 0; i < paths.Length; i++)
            {
                string[] expected = [.. theirs[i].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Order(StringComparer.Ordinal)];
                string[] actual = [.. reader.SettingsOf(_directory.Combine(paths[i])).Select(static setting => $"{setting.Key}={setting.Value}").Order(StringComparer.Ordinal)];
                foreach (string key in expected.Except(actual).Concat(actual.Except(expected))) disagreements.Add($"{sections[int.Parse(key[3..key.IndexOf('=', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)]} and {paths[i]}: {(expected.Contains(key) ? "theirs" : "ours")}");
            }
        }
        Assert.True(disagreements.Count == 0, string.Join('\n', disagreements));
    }

    [Fact]
    public void Any_text_is_a_file() => Gen.Byte.Array[0, 300].Sample(bytes => EditorConfigFile.Parse(bytes).AddProperties("a/b.py", new Dictionary<string, string>()));

    private void Write(string path, string text)
    {
        string full = _directory.Combine(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
