using System.Collections.Immutable;
using System.Text;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Interpreters;
using VPythonTools.Runner.Wheels;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Wheels;

public sealed class UnpackedWheelCacheTests : IDisposable
{
    private static readonly Log Silent = new(LogLevel.Error);

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private UnpackedWheelCache Cache => new(_directory.Combine("wheels"), Silent);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_wheel_is_unpacked_once()
    {
        UnpackedWheel first = await Unpack(Hello());
        FileFingerprint file = FileFingerprint.Of(first.PathOf(first.Members[0]));
        UnpackedWheel second = await Unpack(Hello());
        Assert.Equal(first.Path, second.Path);
        Assert.Equal(file, FileFingerprint.Of(second.PathOf(second.Members[0])));
        Assert.Empty(Building);
    }

    [Fact]
    public async Task What_the_archive_said_is_kept()
    {
        WheelBuilder builder = Hello()
            .Add("hello-1.0.dist-info/entry_points.txt", "[console_scripts]\nhello = hello:main\n[gui_scripts]\nwindow = hello.gui:App.run\n")
            .Add("hello/tool", "#!/bin/sh\n", WheelBuilder.ExecutableMode);
        using WheelArchive archive = Open(builder);
        UnpackedWheel wheel = await Unpack(builder);
        Assert.Equal(archive.EntryPoints, wheel.EntryPoints);
        Assert.Equal(archive.Members, wheel.Members);
        Assert.Equal(archive.Requirements, wheel.Requirements);
        Assert.Equal(
            (archive.ProjectName, archive.Version, archive.DistInfo, archive.RootIsPurelib, archive.Origin),
            (wheel.ProjectName, wheel.Version, wheel.DistInfo, wheel.RootIsPurelib, wheel.Origin));
        Assert.Null(wheel.FindDamage());
    }

    [Fact]
    public async Task Nobody_may_write_to_what_lies_there()
    {
        UnpackedWheel wheel = await Unpack(Hello().Add("hello/tool", "#!/bin/sh\n", WheelBuilder.ExecutableMode));
        await Compile(wheel);
        string[] files = Directory.GetFiles(wheel.Path, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith(".pyc", StringComparison.Ordinal));
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        Assert.All(files.Where(file => Path.GetFileName(file) != "manifest"), file => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & writable));
    }

    [Fact]
    public async Task A_wheel_that_lies_leaves_nothing()
    {
        string honest = WheelRecordRow.Of("hello.py", "text"u8).Hash;
        var lying = new WheelBuilder("hello", "1.0") { Record = record => record.Replace(honest, WheelRecordRow.Of("hello.py", "other"u8).Hash, StringComparison.Ordinal) };
        using WheelArchive archive = Open(lying.Add("hello.py", "text"));
        Outcome.Failure(await Cache.UnpackAsync(archive, Cancellation), "VPY3207", "hello.py");
        Assert.Empty(Building);
        Assert.Empty(Directory.GetFiles(_directory.Combine("wheels"), "manifest", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_wheel_is_known_by_what_it_came_in()
    {
        UnpackedWheel wheel = await Unpack(Hello());
        Assert.Null(Cache.Find("instance a", file => file, null));
        Cache.Remember("instance a", [wheel]);
        ImmutableArray<UnpackedWheel> found = Cache.Find("instance a", file => $"package ({file})", "spec:1:1")!.Value;
        Assert.Equal((wheel.Path, "package (hello-1.0-py2.py3-none-any.whl)", "spec:1:1"), (found.Single().Path, found.Single().Origin, found.Single().Location));
        Assert.Null(Cache.Find("instance b", file => file, null));
    }

    [Theory]
    [InlineData("manifest")]
    [InlineData("files")]
    public async Task What_is_not_whole_is_not_there(string damage)
    {
        UnpackedWheel wheel = await Unpack(Hello());
        Cache.Remember("key", [wheel]);
        if (damage == "manifest") File.WriteAllText(Path.Combine(wheel.Path, "manifest"), "VPYWHL01");
        else Loosen(wheel, "other boot", content: "damaged");
        Assert.Null(Cache.Find("key", file => file, null));
        UnpackedWheel mended = await Unpack(Hello());
        Assert.Null(mended.FindDamage());
        Assert.NotNull(Cache.Find("key", file => file, null));
        Assert.Empty(Building);
    }

    [Fact]
    public async Task What_was_written_before_the_machine_was_started_is_compared_once()
    {
        UnpackedWheel wheel = await Unpack(Hello());
        Cache.Remember("key", [wheel]);
        Loosen(wheel, "other boot", content: null);
        Assert.NotNull(Cache.Find("key", file => file, null));

        // From now on it is taken as it is: the comparison does not see this damage, which no loss of power makes.
        string file = wheel.PathOf(wheel.Members[0]);
        Loosen(wheel, mark: null, content: "damaged");
        Assert.NotNull(Cache.Find("key", name => name, null));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Byte_code_is_compiled_once_for_an_interpreter()
    {
        UnpackedWheel wheel = await Unpack(Hello());
        WheelByteCode code = (await Compile(wheel)).ByteCode!;
        Assert.Equal(2, code.Count);
        string file = code.Find(wheel.IndexOf(Member(wheel, "hello/__init__.py")))!.Value.Path;
        FileFingerprint fingerprint = FileFingerprint.Of(file);
        Assert.Equal(fingerprint, FileFingerprint.Of((await Compile(wheel)).ByteCode!.Find(wheel.IndexOf(Member(wheel, "hello/__init__.py")))!.Value.Path));
        InterpreterFacts facts = DebianPython.Facts;
        Assert.NotEqual(
            UnpackedWheelCache.NameOf(facts, new(1, 2, 3, 4), facts.ByteCode!),
            UnpackedWheelCache.NameOf(facts, new(1, 2, 3, 5), facts.ByteCode!));
        Assert.Empty(Building);
    }

    [Fact]
    public async Task Damaged_byte_code_is_compiled_anew_after_a_start_of_the_machine()
    {
        UnpackedWheel wheel = await Unpack(Hello());
        WheelByteCode code = (await Compile(wheel)).ByteCode!;
        (string path, long size) = code.Find(wheel.IndexOf(Member(wheel, "hello/__init__.py")))!.Value;
        Overwrite(path, new byte[size]);
        code.Keep("other boot");
        WheelByteCode mended = (await Compile(wheel)).ByteCode!;
        Assert.Null(mended.FindDamage());
    }

    [Fact]
    public async Task A_module_that_does_not_compile_has_no_byte_code_and_harms_no_other()
    {
        UnpackedWheel wheel = await Unpack(Hello()
            .Add("hello/python2.py", "print 'hello'\n")
            .Add("hello/zero.py", "x = '\0'\n")
            .Add("hello/latin.py", Encoding.Latin1.GetBytes("x = 'ä'\n"))
            .Add("hello/deep.py", new string('(', 100_000) + "\n")
            .Add("hello-1.0.data/data/share/template.py", "x = 1\n")
            .Add("hello-1.0.data/purelib/extra.py", "x = 1\n"));
        WheelByteCode code = (await Compile(wheel)).ByteCode!;
        Assert.Equal(
            ["hello-1.0.data/purelib/extra.py", "hello/__init__.py", "hello/inner.py"],
            wheel.Members.Where(member => code.Find(wheel.IndexOf(member)) is not null).Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_interpreter_that_compiles_nothing_costs_the_byte_code_alone()
    {
        UnpackedWheel wheel = await Unpack(Hello());
        using var compiler = new ByteCodeCompiler("/bin/false", EnvironmentBlock.OfThisProcess(), Silent);
        UnpackedWheel compiled = await Cache.CompileAsync(wheel, "other", new("other-1", "00"), compiler, Cancellation);
        Assert.Equal(0, compiled.ByteCode!.Count);
    }

    [Fact]
    public async Task Python_takes_the_byte_code_and_names_the_modules_of_the_environment()
    {
        string environment = await Install(Hello());
        ProcessRun verbose = Run(environment, "-v", "-c", "import hello.inner");
        Assert.Contains($"{environment}/lib/python3.11/site-packages/hello/__pycache__/inner.cpython-311.pyc matches {environment}/lib/python3.11/site-packages/hello/inner.py", verbose.Error, StringComparison.Ordinal);
        ProcessRun traceback = Run(environment, "-c", "from hello import inner; inner.fail()");
        Assert.Contains($"File \"{environment}/lib/python3.11/site-packages/hello/inner.py\", line 2, in fail", traceback.Error, StringComparison.Ordinal);
        Assert.Contains("raise ValueError", traceback.Error, StringComparison.Ordinal);
        Assert.Equal($"{environment}/lib/python3.11/site-packages/hello/inner.py\n", Run(environment, "-c", "from hello import inner; print(inner.fail.__code__.co_filename)").Output);
    }

    [Fact]
    public async Task An_edited_module_is_seen()
    {
        string environment = await Install(Hello());
        string module = Path.Combine(environment, "lib/python3.11/site-packages/hello/__init__.py");
        Assert.Equal("1\n", Run(environment, "-c", "import hello; print(hello.VALUE)").Output);
        // Of the same length: only the time tells.
        File.WriteAllText(module, File.ReadAllText(module).Replace("VALUE = 1", "VALUE = 2", StringComparison.Ordinal));
        Assert.Equal("2\n", Run(environment, "-c", "import hello; print(hello.VALUE)").Output);
    }

    /// <summary>What scripts do to their environments, each by a real Python, all of it as an owner or the superuser may.</summary>
    [Theory]
    [InlineData("open(module, 'w').write('VALUE = 3')")]
    [InlineData("open(module, 'a').write('\\nVALUE = 3')")]
    [InlineData("f = open(module, 'r+b'); f.seek(0); f.write(b'#####')")]
    [InlineData("os.truncate(module, 0)")]
    [InlineData("os.chmod(module, 0o600); open(module, 'w').write('VALUE = 3')")]
    [InlineData("import mmap; f = open(module, 'r+b'); m = mmap.mmap(f.fileno(), 0); m[:5] = b'#####'; m.flush()")]
    [InlineData("import shutil; shutil.copyfile('/etc/passwd', module)")]
    [InlineData("open(hello.__cached__, 'r+b').write(b'#####')")]
    [InlineData("os.unlink(module); os.rename(hello.__cached__, module)")]
    [InlineData("os.utime(module, (1, 1))")]
    [InlineData("import shutil; shutil.rmtree(os.path.dirname(module))")]
    [InlineData("import compileall; compileall.compile_dir(os.path.dirname(module), force=True, quiet=1)")]
    public async Task A_script_that_edits_its_environment_harms_neither_the_cache_nor_another_environment(string edit)
    {
        UnpackedWheel wheel = await Compile(await Unpack(Hello()));
        string edited = Install("edited", wheel, LinkMode.Reflink);
        string other = Install("other", wheel, LinkMode.Reflink);
        Dictionary<string, string> before = Describe(other);
        ProcessRun run = Run(edited, "-c", $"import hello, os; module = hello.__file__; {edit}");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Null(wheel.FindDamage());
        Assert.Null(wheel.ByteCode!.FindDamage());
        Assert.Equal(before, Describe(other));
        Assert.Equal("1\n", Run(Install("third", wheel, LinkMode.Reflink), "-c", "import hello; print(hello.VALUE)").Output);
    }

    [Fact]
    public async Task Who_asks_for_hard_links_gets_files_that_may_only_be_read()
    {
        UnpackedWheel wheel = await Compile(await Unpack(Hello()));
        string environment = Install("linked", wheel, LinkMode.HardLink);
        string module = Path.Combine(environment, "lib/python3.11/site-packages/hello/__init__.py");
        Assert.True(FileFingerprint.Of(module).IsSameFileAs(FileFingerprint.Of(wheel.PathOf(Member(wheel, "hello/__init__.py")))));
        if (!OperatingSystem.IsWindows()) Assert.Equal((UnixFileMode)0b100_100_100, File.GetUnixFileMode(module));
        Assert.Equal("1\n", Run(environment, "-c", "import hello; print(hello.VALUE)").Output);
    }

    [Fact]
    public async Task Reflinks_share_blocks_and_nothing_else()
    {
        using Volume? volume = Volume.TryMake(_directory.Combine("volume"));
        Assert.SkipWhen(volume is null, "no file system with reflinks can be made here: that needs the superuser, loop devices and mkfs.btrfs");
        var cache = new UnpackedWheelCache(Path.Combine(volume.Path, "wheels"), Silent);
        using WheelArchive archive = Open(Hello());
        UnpackedWheel wheel = Outcome.Value(await cache.UnpackAsync(archive, Cancellation));
        var cloner = new FileCloner(LinkMode.Reflink, Silent);
        WheelMember member = Member(wheel, "hello/__init__.py");
        string copy = Path.Combine(volume.Path, "copy.py");
        cloner.Clone(wheel.PathOf(member), copy, member.Size, isExecutable: false);
        Assert.Equal(LinkMode.Reflink, cloner.Mode);
        File.AppendAllText(copy, "x");
        Assert.Null(wheel.FindDamage());
    }

    [Fact]
    public async Task A_cached_file_that_is_gone_is_told_from_a_bad_wheel()
    {
        UnpackedWheel wheel = await Unpack(Hello());
        File.Delete(wheel.PathOf(wheel.Members[0]));
        Outcome.Failure(InstallInto("env", wheel, LinkMode.Copy), "VPY3221", "is missing");
        await Cache.ForgetAsync(wheel, Cancellation);
        Assert.Null((await Unpack(Hello())).FindDamage());
    }

    [Theory]
    [InlineData("rm \"$1\"; mkfifo \"$1\"", false)]
    [InlineData("rm \"$1\"; mkfifo \"$1\"", true)]
    [InlineData("rm \"$1\"; mkdir \"$1\"", false)]
    [InlineData("rm \"$1\"; mkdir \"$1\"", true)]
    [InlineData("rm \"$1\"; ln -s \"$1\" \"$1\"", false)]
    [InlineData("chmod u+w \"$1\"; echo >>\"$1\"", true)]
    [InlineData("sed -i s/VALUE/OTHER/ \"$1\"", false)]
    [InlineData("sed -i s/VALUE/OTHER/ \"$1\"", true)]
    public async Task A_cached_file_that_somebody_changed_is_found_where_it_is_used(string change, bool byHardLink)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the changes are made by a POSIX shell");
        UnpackedWheel wheel = await Unpack(Hello());
        string file = wheel.PathOf(Member(wheel, "hello/__init__.py"));
        ProcessRun changed = ProcessRun.Of("/bin/sh", ["-c", change, "sh", file]);
        Assert.True(changed.ExitCode == 0, changed.Error);
        Outcome.Failure(InstallInto("env", wheel, byHardLink ? LinkMode.HardLink : LinkMode.Copy), "VPY3221", "the cache is damaged");
        await Cache.ForgetAsync(wheel, Cancellation);
        Assert.Null((await Unpack(Hello())).FindDamage());
    }

    [Fact]
    public async Task A_pipe_in_place_of_an_empty_file_is_found_where_it_is_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in its file system");
        UnpackedWheel wheel = await Unpack(Hello().Add("hello/empty.py", ""));
        string file = wheel.PathOf(Member(wheel, "hello/empty.py"));
        File.Delete(file);
        Assert.Equal(0, ProcessRun.Of("/usr/bin/mkfifo", [file]).ExitCode);
        Outcome.Failure(InstallInto("env", wheel, LinkMode.Copy), "VPY3221", "it is a pipe or a device, not a file");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cached_file_whose_time_alone_is_another_is_taken(bool byHardLink)
    {
        UnpackedWheel wheel = await Compile(await Unpack(Hello()));
        File.SetLastWriteTimeUtc(wheel.PathOf(Member(wheel, "hello/__init__.py")), DateTime.UtcNow);
        string environment = Install("touched", wheel, byHardLink ? LinkMode.HardLink : LinkMode.Copy);
        Assert.Equal("1\n", Run(environment, "-c", "import hello; print(hello.VALUE)").Output);
    }

    private static WheelBuilder Hello() => new WheelBuilder("hello", "1.0")
        .Add("hello/__init__.py", "VALUE = 1\n\n\ndef main():\n    return 0\n")
        .Add("hello/inner.py", "def fail():\n    raise ValueError\n");

    private static WheelMember Member(UnpackedWheel wheel, string name) => wheel.Members.Single(member => member.Name == name);

    private string[] Building => Directory.Exists(_directory.Combine("wheels", "building")) ? Directory.GetFileSystemEntries(_directory.Combine("wheels", "building")) : [];

    private static WheelArchive Open(WheelBuilder wheel) =>
        Outcome.Value(WheelArchive.Open(ByteRange.OfMemory(wheel.ToBytes()), wheel.FileName, wheel.FileName));

    private async Task<UnpackedWheel> Unpack(WheelBuilder builder)
    {
        using WheelArchive archive = Open(builder);
        return Outcome.Value(await Cache.UnpackAsync(archive, Cancellation));
    }

    private async Task<UnpackedWheel> Compile(UnpackedWheel wheel)
    {
        InterpreterFacts facts = DebianPython.Facts;
        using var compiler = new ByteCodeCompiler(facts.Executable, EnvironmentBlock.OfThisProcess(), Silent);
        return await Cache.CompileAsync(wheel, UnpackedWheelCache.NameOf(facts, FileFingerprint.Of(facts.Executable), facts.ByteCode!), facts.ByteCode!, compiler, Cancellation);
    }

    private async Task<string> Install(WheelBuilder builder) => Install("env", await Compile(await Unpack(builder)), LinkMode.Reflink);

    private string Install(string name, UnpackedWheel wheel, LinkMode mode)
    {
        Outcome.Value(InstallInto(name, wheel, mode));
        return _directory.Combine(name);
    }

    private Result<InstallReport> InstallInto(string name, UnpackedWheel wheel, LinkMode mode) => Installation.Build(
        new(_directory.Combine(name), _directory.Combine(name), DebianPython.Facts with { SeedWheels = [] }), [wheel], mode);

    private static ProcessRun Run(string environment, params string[] arguments) => ProcessRun.Of(
        Path.Combine(environment, "bin", "python"), arguments, environment: new Dictionary<string, string?> { ["PATH"] = "/usr/bin:/bin" }, clearEnvironment: true);

    private static Dictionary<string, string> Describe(string environment) => Directory
        .GetFiles(Path.Combine(environment, "lib"), "*", SearchOption.AllDirectories)
        .ToDictionary(file => file, file => $"{FileFingerprint.Of(file)} {(OperatingSystem.IsWindows() ? 0 : File.GetUnixFileMode(file))} {Convert.ToHexString(File.ReadAllBytes(file))}");

    private static void Loosen(UnpackedWheel wheel, string? mark, string? content)
    {
        if (content is not null) Overwrite(wheel.PathOf(wheel.Members[0]), Encoding.UTF8.GetBytes(content));
        if (mark is not null) wheel.Keep(mark);
    }

    private static void Overwrite(string path, byte[] content)
    {
        File.Delete(path);
        File.WriteAllBytes(path, content);
    }

    /// <summary>A file system in a file.</summary>
    private sealed class Volume : IDisposable
    {
        private Volume(string path) => Path = path;

        public string Path { get; }

        public static Volume? TryMake(string path)
        {
            string? make = new[] { "/usr/sbin/mkfs.btrfs", "/sbin/mkfs.btrfs", "/usr/bin/mkfs.btrfs" }.FirstOrDefault(File.Exists);
            if (make is null || Environment.UserName != "root" || !File.Exists("/usr/bin/mount")) return null;
            string image = path + ".image";
            using (FileStream file = File.Create(image)) file.SetLength(256 << 20);
            Directory.CreateDirectory(path);
            return ProcessRun.Of(make, ["-q", image]).ExitCode == 0 && ProcessRun.Of("/usr/bin/mount", ["-o", "loop", image, path]).ExitCode == 0 ? new(path) : null;
        }

        public void Dispose() => Assert.Equal(0, ProcessRun.Of("/usr/bin/umount", [Path]).ExitCode);
    }
}
