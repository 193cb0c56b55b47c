using VPythonTools.SpecLang.Probing;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Probing;

public sealed class SpecProbeTests : IDisposable
{
    private const string Embedded = """
        # [VPYTHON:BEGIN]
        # python_version: "3.11"
        # [VPYTHON:END]

        """;

    private readonly TemporaryDirectory _directory = new();

    public SpecProbeTests() => _directory.Write(".gclient", "");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("s.py.vpython3 .vpython3", "s.py", SpecOrigin.Partner, "s.py.vpython3")]
    [InlineData("s.py.vpython3 .vpython3", "s.py+", SpecOrigin.Partner, "s.py.vpython3")]
    [InlineData(".vpython3", "s.py+", SpecOrigin.Embedded, "s.py")]
    [InlineData(".vpython3", "s.py", SpecOrigin.Common, ".vpython3")]
    [InlineData(".vpython3", "a/b/s.py", SpecOrigin.Common, ".vpython3")]
    [InlineData(".vpython3 a/.vpython3", "a/b/s.py", SpecOrigin.Common, "a/.vpython3")]
    [InlineData(".vpython3 a/.gclient", "a/b/s.py", SpecOrigin.None, null)]
    [InlineData(".vpython3 a/.gclient/x", "a/b/s.py", SpecOrigin.None, null)]
    [InlineData("a/.vpython3 a/.gclient", "a/b/s.py", SpecOrigin.Common, "a/.vpython3")]
    [InlineData("s.vpython3 vpython3 s.py.vpython", "s.py", SpecOrigin.None, null)]
    [InlineData(".vpython3 a/.vpython3/x", "a/s.py", SpecOrigin.Common, ".vpython3")]
    [InlineData(".vpython3 s.py.vpython3/x", "s.py", SpecOrigin.Common, ".vpython3")]
    [InlineData(".vpython3", "a/../s.py", SpecOrigin.Common, ".vpython3")]
    [InlineData("s.py.vpython3", "./a/.././s.py", SpecOrigin.Partner, "s.py.vpython3")]
    [InlineData("s.vpython3", "s", SpecOrigin.Partner, "s.vpython3")]
    public void A_script_has_its_partner_or_what_is_in_it_or_the_nearest_common_spec(string specs, string script, SpecOrigin origin, string? path)
    {
        _directory.Write("a/present", "");
        WriteAll(specs);
        string name = script.TrimEnd('+');
        _directory.Write(name, script.EndsWith('+') ? Embedded : "pass\n");

        AssertFound(origin, path, Find(name));
    }

    [Theory]
    [InlineData("real/s.py.vpython3 links/t.py.vpython3 .vpython3", SpecOrigin.Partner, "links/t.py.vpython3")]
    [InlineData("real/s.py.vpython3 links/s.py.vpython3 .vpython3", SpecOrigin.PartnerOfLinkTarget, "real/s.py.vpython3")]
    [InlineData("links/.vpython3 real/.vpython3", SpecOrigin.Common, "real/.vpython3")]
    [InlineData("links/.vpython3", SpecOrigin.None, null)]
    public void A_link_has_the_partner_of_its_name_and_all_else_of_its_target(string specs, SpecOrigin origin, string? path)
    {
        AssertLinksAreResolved();
        WriteAll(specs);
        _directory.Write("real/s.py", "pass\n");
        _directory.Write("links/present", "");
        File.CreateSymbolicLink(_directory.Combine("links", "t.py"), "../real/s.py");

        AssertFound(origin, path, Find("links/t.py"));
    }

    [Fact]
    public void A_link_to_a_script_with_a_spec_has_that_spec()
    {
        AssertLinksAreResolved();
        string script = _directory.Write("real/s.py", Embedded);
        File.CreateSymbolicLink(_directory.Combine("t.py"), script);

        AssertFound(SpecOrigin.Embedded, "real/s.py", Find("t.py"));
    }

    [Fact]
    public void Dots_behind_a_link_lead_out_of_its_target()
    {
        AssertLinksAreResolved();
        WriteAll("real/inner/present real/s.py real/s.py.vpython3");
        Directory.CreateSymbolicLink(_directory.Combine("link"), "real/inner");

        AssertFound(SpecOrigin.Partner, "real/s.py.vpython3", Find("link/../s.py"));
    }

    [Theory]
    [InlineData("d.vpython3 .vpython3 d/.vpython3", SpecOrigin.Partner, "d.vpython3")]
    [InlineData(".vpython3 d/.vpython3", SpecOrigin.Common, "d/.vpython3")]
    [InlineData(".vpython3 d/__main__.py+", SpecOrigin.Embedded, "d/__main__.py")]
    [InlineData(".vpython3 d/__main__.py.vpython3", SpecOrigin.Common, ".vpython3")]
    [InlineData(".vpython3 d/__main__.pyc", SpecOrigin.Common, ".vpython3")]
    [InlineData(".vpython3 d/__main__.py/x", SpecOrigin.Common, ".vpython3")]
    [InlineData("d.vpython3/x .vpython3", SpecOrigin.Common, ".vpython3")]
    public void A_directory_is_a_script_whose_text_is_its_main_module(string files, SpecOrigin origin, string path)
    {
        WriteAll("d/sub/present");
        WriteAll(files);

        AssertFound(origin, path, Find("d"));
        AssertFound(origin, path, Find("d/"));
        AssertFound(origin, path, Find("d/."));
        AssertFound(origin, path, Find("d/sub/.."));
        AssertFound(origin, path, Find(".", workingDirectory: "d"));
    }

    [Theory]
    [InlineData("a/__init__.py a/b/__init__.py a.vpython3 a/b.vpython3 a/b/c.vpython3", "a/b/c.vpython3")]
    [InlineData("a/__init__.py a/b/__init__.py a.vpython3 a/b.vpython3", "a/b.vpython3")]
    [InlineData("a/__init__.py a/b/__init__.py a.vpython3", "a.vpython3")]
    [InlineData("a/__init__.py a/b.vpython3", null)]
    [InlineData("a/b/__init__.py a.vpython3", null)]
    public void A_package_has_the_partners_of_the_packages_around_it(string files, string? path)
    {
        WriteAll("a/b/c/__init__.py");
        WriteAll(files);

        AssertFound(path is null ? SpecOrigin.None : SpecOrigin.Partner, path, Find("a/b/c"));
    }

    [Theory]
    [InlineData(TargetKind.StandardInput)]
    [InlineData(TargetKind.Command)]
    [InlineData(TargetKind.Module)]
    [InlineData(TargetKind.Interactive)]
    public void A_target_without_a_script_has_the_common_spec_of_the_working_directory(TargetKind target)
    {
        WriteAll("work.vpython3 work/__init__.py work/__main__.py+");
        AssertFound(SpecOrigin.None, null, Find(target, "work"));

        WriteAll(".vpython3");
        AssertFound(SpecOrigin.Common, ".vpython3", Find(target, "work"));

        WriteAll("work/.vpython3");
        AssertFound(SpecOrigin.Common, "work/.vpython3", Find(target, "work"));
    }

    [Fact]
    public void A_named_spec_is_all_that_is_looked_at()
    {
        WriteAll("named s.py.vpython3");

        ProbeResult result = Find(Request("missing.py") with { ExplicitSpec = "named" });

        AssertFound(SpecOrigin.Explicit, "named", result);
        Assert.Single(result.Trace);
    }

    [Theory]
    [InlineData("absent", ProbeFailureKind.SpecMissing, "-vpython-spec does not exist")]
    [InlineData("d", ProbeFailureKind.SpecUnreadable, "-vpython-spec is a directory")]
    [InlineData("d/nul\0", ProbeFailureKind.SpecMissing, "-vpython-spec does not exist")]
    public void A_named_spec_has_to_be_there(string spec, ProbeFailureKind kind, string inMessage)
    {
        WriteAll("d/present .vpython3 s.py");

        ProbeResult result = Find(Request("s.py") with { ExplicitSpec = spec });

        Assert.Equal((SpecOrigin.None, kind), (result.Origin, result.Failure!.Kind));
        Assert.Contains(inMessage, result.Failure.Message);
    }

    [Fact]
    public void The_default_is_read_only_when_nothing_else_is_found()
    {
        WriteAll("s.py default");
        AssertFound(SpecOrigin.Default, "default", Find(Request("s.py") with { DefaultSpec = "default" }));
        Assert.Equal(ProbeFailureKind.SpecMissing, Find(Request("s.py") with { DefaultSpec = "absent" }).Failure?.Kind);

        WriteAll(".vpython3");
        AssertFound(SpecOrigin.Common, ".vpython3", Find(Request("s.py") with { DefaultSpec = "absent" }));
    }

    [Fact]
    public void A_missing_script_is_an_error()
    {
        WriteAll(".vpython3 missing.py.vpython3");

        ProbeResult result = Find("missing.py");

        Assert.Equal(ProbeFailureKind.ScriptMissing, result.Failure?.Kind);
        Assert.Contains(_directory.Combine("missing.py"), result.Failure?.Message);
        Assert.Null(result.Document);
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_no_spec_and_no_script()
    {
        AssertLinksAreResolved();
        WriteAll(".vpython3 d/s.py");
        File.CreateSymbolicLink(_directory.Combine("d", ".vpython3"), "nowhere");
        File.CreateSymbolicLink(_directory.Combine("loop.py"), "loop.py");

        AssertFound(SpecOrigin.Common, ".vpython3", Find("d/s.py"));
        Assert.Equal(ProbeFailureKind.ScriptMissing, Find("loop.py").Failure?.Kind);
    }

    [Fact]
    public void A_spec_behind_a_link_is_found_by_the_name_of_the_link()
    {
        AssertLinksAreResolved();
        WriteAll("shared d/s.py");
        File.CreateSymbolicLink(_directory.Combine("d", ".vpython3"), "../shared");

        AssertFound(SpecOrigin.Common, "d/.vpython3", Find("d/s.py"));
    }

    [Fact]
    public void A_file_that_is_found_but_cannot_be_read_is_an_error()
    {
        WriteAll("d/.vpython3 d/s.py s.py");

        Assert.Equal(ProbeFailureKind.SpecUnreadable, Find(Request("d/s.py"), new Unreadable()).Failure?.Kind);
        Assert.Equal(ProbeFailureKind.ScriptUnreadable, Find(Request("s.py"), new Unreadable(".py")).Failure?.Kind);
    }

    [Fact]
    public void What_may_not_be_seen_is_passed_over()
    {
        WriteAll(".vpython3 d/.vpython3 d/s.py");

        ProbeResult result = Find(Request("d/s.py"), new Hidden(Full("d/.vpython3"), Full("d/.gclient")));

        AssertFound(SpecOrigin.Common, ".vpython3", result);
        Assert.Contains($"common spec {Full("d/.vpython3")}: may not be seen, passed over", result.Trace.Select(step => step.ToString()));
    }

    [Fact]
    public void A_region_without_its_end_is_found_not_skipped()
    {
        WriteAll(".vpython3");
        _directory.Write("s.py", "# [VPYTHON:BEGIN]\n# python_version: \"3.11\"\n");

        AssertFound(SpecOrigin.Embedded, "s.py", Find("s.py"));
    }

    [Fact]
    public void A_binary_file_is_a_script_like_any_other()
    {
        WriteAll(".vpython3");
        File.WriteAllBytes(_directory.Combine("s.zip"), [0x50, 0x4B, 3, 4, 0, 0xFF, 0xFE, 0, (byte)'\n', 0x80]);

        AssertFound(SpecOrigin.Common, ".vpython3", Find("s.zip"));
    }

    [Fact]
    public void A_script_that_comes_through_a_pipe_is_left_for_Python_to_read()
    {
        Requirement.Met(!OperatingSystem.IsWindows(), "Windows has no named pipes in directories");
        WriteAll(".vpython3");
        Assert.Equal(0, ProcessRun.Of(Requirement.Tool("mkfifo"), [_directory.Combine("s.py")]).ExitCode);
        using var bothEnds = new FileStream(_directory.Combine("s.py"), FileMode.Open, FileAccess.ReadWrite);
        bothEnds.Write("pass\n"u8);
        bothEnds.Flush();

        AssertFound(SpecOrigin.Common, ".vpython3", Find("s.py"));
        Assert.Equal('p', bothEnds.ReadByte());
    }

    [Fact]
    public void The_trace_tells_every_step()
    {
        WriteAll("d/.vpython3/x .vpython3 d/s.py");

        Assert.Equal(
            [
                $"target {Full("d/s.py")}: found",
                $"partner spec {Full("d/s.py.vpython3")}: not there",
                $"embedded spec in {Full("d/s.py")}: has no spec",
                $"common spec {Full("d/.vpython3")}: a directory, passed over",
                $"barrier {Full("d/.gclient")}: not there",
                $"common spec {Full(".vpython3")}: found",
            ],
            Find("d/s.py").Trace.Select(step => step.ToString()));
    }

    [Fact]
    public void No_trace_is_made_that_nobody_asked_for()
    {
        WriteAll(".vpython3 s.py");

        Assert.Empty(Find(Request("s.py") with { RecordsTrace = false }).Trace);
    }

    [Fact]
    public void The_search_goes_up_to_the_root()
    {
        File.Delete(_directory.Combine(".gclient"));
        WriteAll("s.py");

        string atRoot = Path.Join(Path.GetPathRoot(_directory.Path), ".vpython3");
        Assert.Contains(Find("s.py").Trace, step => step.Role == ProbeRole.CommonSpec && step.Path == atRoot);
    }

    [Fact]
    public void Families_are_asked_in_their_order_at_each_place()
    {
        SpecFamily text = SpecFamily.TextFormat;
        var other = new SpecFamily { PartnerSuffix = ".other", CommonNames = ["other", "other2"], Open = text.Open, FindEmbedded = static _ => null };
        var probe = new SpecProbe(PhysicalFileSystem.Instance, [other, text]);

        WriteAll("other2 .vpython3 s.py d/.vpython3 d/s.py");
        AssertFound(SpecOrigin.Common, "other2", probe.Find(Request("s.py")));
        AssertFound(SpecOrigin.Common, "d/.vpython3", probe.Find(Request("d/s.py")));

        WriteAll("s.py.vpython3");
        AssertFound(SpecOrigin.Partner, "s.py.vpython3", probe.Find(Request("s.py")));

        WriteAll("s.py.other");
        AssertFound(SpecOrigin.Partner, "s.py.other", probe.Find(Request("s.py")));
    }

    /// <summary>Writes the files that <paramref name="paths"/> names, empty ones, or with a <c>+</c> behind the name scripts that hold a spec.</summary>
    private void WriteAll(string paths)
    {
        foreach (string path in paths.Split(' ')) _directory.Write(path.TrimEnd('+'), path.EndsWith('+') ? Embedded : "");
    }

    private ProbeResult Find(string script, string workingDirectory = "") => Find(Request(script) with { WorkingDirectory = Full(workingDirectory) });

    private ProbeResult Find(TargetKind target, string workingDirectory) =>
        Find(new ProbeRequest { Target = target, WorkingDirectory = Full(workingDirectory), RecordsTrace = true });

    private static ProbeResult Find(ProbeRequest request, IFileSystem? files = null) => new SpecProbe(files ?? PhysicalFileSystem.Instance).Find(request);

    private ProbeRequest Request(string script) =>
        new() { Target = TargetKind.Script, ScriptPath = script, WorkingDirectory = _directory.Path, RecordsTrace = true };

    private void AssertFound(SpecOrigin origin, string? path, ProbeResult result)
    {
        Assert.Null(result.Failure);
        Assert.Equal((origin, path is null ? null : Full(path)), (result.Origin, result.Path));
        Assert.Equal(path is null, result.Document is null);
        Assert.Equal(result.Path, result.Text?.Path);
    }

    private string Full(string path) => Path.TrimEndingDirectorySeparator(_directory.Combine(path.Split('/')));

    private static void AssertLinksAreResolved() => Requirement.Met(!OperatingSystem.IsWindows(), "Windows does not look behind links");

    /// <summary>A disk on which the user, even the superuser, may not see certain paths.</summary>
    private sealed class Hidden(params string[] paths) : IFileSystem
    {
        public FileKind GetKind(string path) => paths.Contains(path) ? FileKind.Inaccessible : PhysicalFileSystem.Instance.GetKind(path);

        public byte[]? TryReadFile(string path, out string? error) => PhysicalFileSystem.Instance.TryReadFile(path, out error);

        public byte[]? TryReadRepeatableFile(string path, out string? error) => PhysicalFileSystem.Instance.TryReadRepeatableFile(path, out error);

        public string? ResolveLinks(string path) => PhysicalFileSystem.Instance.ResolveLinks(path);

        public IEnumerable<string> GetNames(string directory) => PhysicalFileSystem.Instance.GetNames(directory);
    }

    /// <summary>A disk on which files of a certain name cannot be read.</summary>
    private sealed class Unreadable(string suffix = ".vpython3") : IFileSystem
    {
        public FileKind GetKind(string path) => PhysicalFileSystem.Instance.GetKind(path);

        public byte[]? TryReadFile(string path, out string? error) => TryReadRepeatableFile(path, out error);

        public byte[]? TryReadRepeatableFile(string path, out string? error)
        {
            if (!path.EndsWith(suffix, StringComparison.Ordinal)) return PhysicalFileSystem.Instance.TryReadRepeatableFile(path, out error);
            error = "the disk is broken";
            return null;
        }

        public string? ResolveLinks(string path) => PhysicalFileSystem.Instance.ResolveLinks(path);

        public IEnumerable<string> GetNames(string directory) => PhysicalFileSystem.Instance.GetNames(directory);
    }
}
