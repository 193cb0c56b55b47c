using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>Specs that people wrote, read by the executable that people run.</summary>
public sealed class CorpusTests : IDisposable
{
    private readonly Sandbox _user = new();

    public void Dispose() => _user.Dispose();

    [Fact]
    public void Every_spec_that_the_deployed_tool_accepts_means_the_same()
    {
        Dictionary<string, JsonNode> expected = File.ReadLines(SharedData.Require("corpus/parsed.jsonl"))
            .Select(line => JsonNode.Parse(line)!)
            .ToDictionary(entry => (string)entry["file"]!, entry => entry["spec"]!);
        string[] names = Files("ok");
        Assert.Equal(expected.Keys.Order(), names.Order());
        Assert.All(names, name =>
        {
            ProcessRun shown = Show(name, "json");
            Assert.True(shown.ExitCode == 0, shown.Error);
            Assert.True(JsonNode.DeepEquals(expected[name], JsonNode.Parse(shown.Output)), shown.Output);
        });
    }

    [Fact]
    public void Every_spec_that_the_deployed_tool_refuses_is_refused_with_its_place()
    {
        string[] names = Files("ERR");
        Assert.NotEmpty(names);
        Assert.All(names, name =>
        {
            ProcessRun shown = Show(name, "json");
            Assert.Equal(1, shown.ExitCode);
            Assert.Matches($"^{Regex.Escape(StdinPath(name))}:[1-9][0-9]*:[1-9][0-9]*: error: ", shown.Error);
            Assert.Equal("", shown.Output);
        });
    }

    [Fact]
    public void Text_format_shows_as_itself() => Assert.All(Files("ok"), name =>
    {
        string text = Show(name, "text").Output;
        string again = _user.Start(NativeExecutable.Runner, ["show"], System.Text.Encoding.UTF8.GetBytes(text)).Output;
        Assert.Equal(text, again);
        string json = _user.Start(NativeExecutable.Runner, ["show", "--format", "json"], System.Text.Encoding.UTF8.GetBytes(text)).Output;
        Assert.Equal(Show(name, "json").Output, json);
    });

    [Fact]
    public void Binary_format_is_what_protoc_makes_of_the_text()
    {
        string schema = Path.Combine(SharedData.ProjectRoot, "src", "SpecLang", "Schema");
        string protoc = ProtocolCompiler();
        Assert.All(Files("ok"), name =>
        {
            _user.Write(".vpython3", Show(name, "text").Output);
            string ours = Hexadecimal("\"$1\" show --format binary .vpython3", NativeExecutable.Runner);
            string theirs = Hexadecimal("\"$1\" --encode=vpython.Spec -I\"$2\" spec.proto <.vpython3", protoc, schema);
            Assert.Equal(theirs, ours);
        });
    }

    [Fact]
    public void Every_file_is_formatted_as_the_library_formats_it()
    {
        string[] names = [.. Directory.GetFiles(SharedData.Require("corpus/specs")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(names);
        var broken = new List<string>();
        foreach (string name in names)
        {
            string path = _user.Combine("work", StdinPath(name));
            // The shared files are read-only, which a copy would be, too.
            File.WriteAllBytes(path, File.ReadAllBytes(SharedData.Require("corpus/specs/" + name)));
            var tree = SyntaxTree.Parse(SpecDocument.Parse(SourceText.From(File.ReadAllBytes(path)), SpecDocument.KindOf(path)));
            if (tree.Diagnostics.Concat(tree.Document.Diagnostics).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)) broken.Add(StdinPath(name));
        }
        ProcessRun formatted = _user.Run(["fmt", .. names.Select(StdinPath)]);
        Assert.Equal(broken, formatted.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]).Distinct());
        Assert.Equal(2, formatted.ExitCode);
        Assert.All(names, name =>
        {
            var text = SourceText.From(File.ReadAllBytes(SharedData.Require("corpus/specs/" + name)), StdinPath(name));
            SourceText expected = text.WithChanges(SpecFormatter.Format(SpecDocument.Parse(text, SpecDocument.KindOf(text)), FormatOptions.Default));
            Assert.Equal(expected.Bytes.ToArray(), File.ReadAllBytes(_user.Combine("work", StdinPath(name))));
        });
        ProcessRun again = _user.Run(["fmt", "--check", .. names.Select(StdinPath).Except(broken)]);
        Assert.Equal((0, "", ""), (again.ExitCode, again.Output, again.Error));
    }

    /// <summary>What a command line of the shell prints, as hexadecimal digits.</summary>
    private string Hexadecimal(string command, params string[] arguments)
    {
        ProcessRun run = _user.Start("/bin/sh", ["-c", $"{command} >output && od -An -v -tx1 output", "sh", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }

    /// <summary>The compiler that the build uses for the schema.</summary>
    private static string ProtocolCompiler()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string tools = Path.Combine(packages, "grpc.tools");
        string architecture = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        string? compiler = Directory.Exists(tools)
            ? Directory.GetDirectories(tools).Select(version => Path.Combine(version, "tools", "linux_" + architecture, "protoc")).FirstOrDefault(File.Exists)
            : null;
        Requirement.Met(compiler is not null, "there is no protoc of Grpc.Tools for this machine");
        return compiler!;
    }

    private static string[] Files(string verdict) =>
    [
        .. File.ReadLines(SharedData.Require("corpus/manifest.tsv"))
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Where(columns => columns[1] is "standalone" or "embedded" && columns[4] == verdict)
            .Select(columns => columns[0]),
    ];

    /// <summary>The corpus keeps scripts as <c>NAME.txt</c>; they are shown under their own name, without it.</summary>
    private static string StdinPath(string name) => name.EndsWith(".txt", StringComparison.Ordinal) ? name[..^".txt".Length] : name;

    private ProcessRun Show(string name, string format) => _user.Start(
        NativeExecutable.Runner,
        ["show", "--format", format, "--stdin-path", StdinPath(name), "-"],
        File.ReadAllBytes(SharedData.Require("corpus/specs/" + name)));
}
