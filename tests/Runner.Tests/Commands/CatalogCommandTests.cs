using System.Buffers.Binary;
using System.Text;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Python;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands;

public sealed class CatalogCommandTests : IDisposable
{
    private const string List = """
        ### 1.0

        ```protobuf
        wheel: <
          name: "infra/python/wheels/hello/${vpython_platform}"
          version: "version:1.0"
        >
        ```

        * *mac-arm64-py3.8*
        """;

    private readonly TemporaryDirectory _directory = new();

    private string DefaultPath => _directory.Combine("root", "wheels.catalogue");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Without_a_catalogue_of_the_users_the_built_in_one_applies()
    {
        ProcessRun run = Catalog("info");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("file:          (built in)\ndate:          2024-05-01\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"packages:      {PackageCatalogue.BuiltIn.PackageCount}\nversions:      {PackageCatalogue.BuiltIn.VersionCount}\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_wheels_is_added_to_what_is_known()
    {
        _directory.Write("wheels.md", List);
        ProcessRun run = Catalog("import", "wheels.md");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("list of wheels 'wheels.md': 1 versions, 0 wheels\n", run.Output, StringComparison.Ordinal);
        PackageCatalogue catalogue = Read(DefaultPath);
        Assert.Equal(PackageCatalogue.BuiltIn.PackageCount + 1, catalogue.PackageCount);
        Assert.Equal(["mac-arm64-py3.8"], catalogue.FindPackage("infra/python/wheels/hello/${vpython_platform}")!.Versions[0].Availability.Platforms);
        Assert.EndsWith("; with list of wheels 'wheels.md'", catalogue.Description, StringComparison.Ordinal);
        Assert.Contains($"file:          {DefaultPath}\n", Catalog("info").Output, StringComparison.Ordinal);
        Assert.Equal(0, Catalog("import", "wheels.md").ExitCode);
        Assert.Equal(catalogue.Description, Read(DefaultPath).Description);
    }

    [Fact]
    public void A_wheel_tells_what_its_distribution_needs_and_brings()
    {
        string wheel = new WheelBuilder("hello_world", "1.5")
        {
            Metadata = Encoding.UTF8.GetBytes("Metadata-Version: 2.1\nName: hello-world\nVersion: 1.5\nSummary: Greets\nRequires-Python: >=3.8\nRequires-Dist: six (>=1.0)\nRequires-Dist: x; extra == 'y'\n\nRequires-Dist: none\n"),
        }.Add("hello_world/__init__.py", "").Add("hello_world/more.py", "").Write(_directory.Path);
        Assert.Equal((0, ""), Outcome(Catalog("import", wheel)));
        DistributionMetadata metadata = Assert.Single(Read(DefaultPath).FindDistribution(Name("hello-world"))!.Metadata);
        Assert.Equal(("1.5", "Greets", ">=3.8", true), (metadata.Version, metadata.Summary, metadata.RequiresPython, metadata.RequirementsAreComplete));
        Assert.Equal(["six>=1.0", "x; extra == \"y\""], metadata.Requirements.Select(requirement => requirement.ToString()));
        Assert.Equal(["hello_world"], metadata.Modules);
        Assert.Equal("wheel hello_world-1.5-py2.py3-none-any.whl", metadata.Source);
    }

    [Fact]
    public void A_package_directory_tells_what_is_in_it_and_not_what_there_is_not()
    {
        string wheel = new WheelBuilder("hello", "1.0").Add("hello.py", "").Write(_directory.Path);
        foreach (string name in new[] { "infra/python/wheels/hello-py3", "infra/python/wheels/hello/linux-amd64_cp311_cp311" })
            Assert.Equal(0, Run("package", "add", "--to", "packages", "--name", name, "--tag", "version:1.0", "--tag", "other:1", wheel).ExitCode);
        ProcessRun run = Catalog("import", "packages");
        Assert.Equal((0, ""), Outcome(run));
        Assert.StartsWith($"package directory '{_directory.Combine("packages")}': 2 versions, 2 wheels\n", run.Output, StringComparison.Ordinal);
        PackageCatalogue catalogue = Read(DefaultPath);
        Assert.True(Assert.Single(catalogue.FindPackage("infra/python/wheels/hello-py3")!.Versions).Availability.IsUniversal);
        Assert.False(Assert.Single(catalogue.FindPackage("infra/python/wheels/hello/${vpython_platform}")!.Versions).Availability.IsKnown);
        Assert.Equal("hello", catalogue.FindModule("hello")[0].Name.Value);

        _directory.Write("wheels.md", List);
        Assert.Equal(0, Catalog("import", "wheels.md", "packages").ExitCode);
        Assert.Equal(["mac-arm64-py3.8", "manylinux-x64-py3.11"], Read(DefaultPath).FindPackage("infra/python/wheels/hello/${vpython_platform}")!.Versions[0].Availability.Platforms);
    }

    [Fact]
    public void A_reader_that_has_enough_is_no_failure_that_anybody_hears_of()
    {
        string shell = Requirement.Tool("sh");
        ProcessRun run = ProcessRun.Of(shell, ["-c", "{ \"$0\" catalog export; echo $? > code; } | head -n 1", CommandSandbox.Program], _directory.Path);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.NotEqual("", run.Output);
        Assert.Equal("141\n", File.ReadAllText(_directory.Combine("code")));
    }

    [Fact]
    public void The_variable_names_another_file()
    {
        _directory.Write("wheels.md", List);
        string named = _directory.Combine("sub", "mine.catalogue");
        var variables = new Dictionary<string, string?> { ["VPYTHON_CATALOGUE"] = named };
        ProcessRun run = Catalog(variables, "info");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{named}: error: The catalogue that VPYTHON_CATALOGUE names does not exist [VPY3401]", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, Catalog(variables, "import", "wheels.md").ExitCode);
        Assert.Contains($"file:          {named}\n", Catalog(variables, "info").Output, StringComparison.Ordinal);
        Assert.False(File.Exists(DefaultPath));
    }

    [Fact]
    public void A_damaged_catalogue_is_refused_and_stays_as_it_is()
    {
        _directory.Write("wheels.md", List);
        _directory.Write("root/wheels.catalogue", "damaged");
        foreach (string[] arguments in new string[][] { ["info"], ["import", "wheels.md"], ["export"] })
        {
            ProcessRun run = Catalog(arguments);
            Assert.Equal((1, ""), (run.ExitCode, run.Output));
            Assert.StartsWith($"{DefaultPath}: error: The catalogue cannot be used: it is no catalogue [VPY3402]\n  next: remove it", run.Error, StringComparison.Ordinal);
        }
        Assert.Equal("damaged", File.ReadAllText(DefaultPath));
    }

    [Fact]
    public void A_newer_catalogue_is_refused_as_newer()
    {
        byte[] bytes = new CatalogueBuilder().Build();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), 7);
        Directory.CreateDirectory(_directory.Combine("root"));
        File.WriteAllBytes(DefaultPath, bytes);
        Assert.Contains("made by a newer vpython3: its format is 7, and this program knows formats up to 1 [VPY3403]", Catalog("info").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_long_is_not_even_read()
    {
        Directory.CreateDirectory(_directory.Combine("root"));
        using (FileStream stream = File.Create(DefaultPath)) stream.SetLength(PackageCatalogue.MaximumLength + 1L);
        Assert.Contains("at most 67108864 are read [VPY3402]", Catalog("info").Error, StringComparison.Ordinal);
        using (FileStream stream = File.Create(_directory.Combine("long.md"))) stream.SetLength((64 << 20) + 1L);
        File.Delete(DefaultPath);
        Assert.Contains("long.md: error: the file is longer than 64 MiB, as no list of wheels is [VPY3405]", Catalog("import", "long.md").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.md", "none.md: error: cannot be read: ", "VPY3405")]
    [InlineData("prose.md", "prose.md: error: the list of wheels is not as published: it has no wheels", "VPY3406")]
    [InlineData("broken.md", "broken.md:3: error: the list of wheels is not as published: ", "VPY3406")]
    [InlineData("none.whl", "error: The wheel '", "VPY3201")]
    [InlineData("root", "error: '", "VPY3107")]
    [InlineData("odd-local-py3-none-any.whl", "error: The wheel '", "VPY3407")]
    public void What_cannot_be_imported_is_named_and_nothing_is_written(string file, string begin, string code)
    {
        Directory.CreateDirectory(_directory.Combine("root"));
        _directory.Write("prose.md", "# Wheels\n");
        _directory.Write("broken.md", List.Replace("version:1.0", "VERSION 1", StringComparison.Ordinal));
        File.Move(new WheelBuilder("odd", "local").Write(_directory.Path), _directory.Combine("odd-local-py3-none-any.whl"));
        _directory.Write("wheels.md", List);
        ProcessRun run = Catalog("import", "wheels.md", file);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(begin, run.Error, StringComparison.Ordinal);
        Assert.Contains($"[{code}]", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(DefaultPath));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named()
    {
        _directory.Write("wheels.md", List);
        _directory.Write("file", "");
        ProcessRun run = Catalog(new Dictionary<string, string?> { ["VPYTHON_CATALOGUE"] = _directory.Combine("file", "x") }, "import", "wheels.md");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("[VPY3404]", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_of_a_catalogue_can_be_read_again()
    {
        ProcessRun run = Catalog("export");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.True(CatalogueText.TryParse(run.Output, out CatalogueBuilder? builder, out CatalogueFault? fault), fault?.Reason);
        Assert.True(PackageCatalogue.TryOpen(builder.Build(), out PackageCatalogue? catalogue, out fault), fault?.Reason);
        Assert.Equal(PackageCatalogue.BuiltIn.VersionCount, catalogue.VersionCount);
    }

    [Fact]
    public async Task Two_imports_at_once_both_count()
    {
        string[] wheels = [.. Enumerable.Range(0, 6).Select(number => new WheelBuilder($"hello{number}", "1.0").Add($"hello{number}.py", "").Write(_directory.Path))];
        await Task.WhenAll(wheels.Select(wheel => Task.Run(() => Assert.Equal(0, Catalog("import", wheel).ExitCode))));
        PackageCatalogue catalogue = Read(DefaultPath);
        Assert.All(Enumerable.Range(0, wheels.Length), number => Assert.NotNull(catalogue.FindDistribution(Name($"hello{number}"))));
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "vpython3.exe" : "vpython3");

    private static (int ExitCode, string Error) Outcome(ProcessRun run) => (run.ExitCode, run.Error);

    private static PackageCatalogue Read(string path)
    {
        Assert.True(PackageCatalogue.TryOpen(File.ReadAllBytes(path), out PackageCatalogue? catalogue, out CatalogueFault? fault), fault?.Reason);
        return catalogue;
    }

    private static DistributionName Name(string text) => DistributionName.TryParse(text, out DistributionName name, out string? error) ? name : throw new ArgumentException(error);

    private ProcessRun Catalog(params string[] arguments) => Catalog([], arguments);

    private ProcessRun Catalog(Dictionary<string, string?> variables, params string[] arguments)
    {
        variables["VPYTHON_VIRTUALENV_ROOT"] = _directory.Combine("root");
        variables.TryAdd("VPYTHON_CATALOGUE", null);
        return ProcessRun.Of(Program, ["catalog", .. arguments], _directory.Path, variables);
    }

    private ProcessRun Run(params string[] arguments) => ProcessRun.Of(Program, arguments, _directory.Path);
}
