using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Benchmarks;

/// <summary>How fast a catalogue opens and answers: the built-in one, and one of 10,000 versions.</summary>
[MemoryDiagnoser]
[InProcess]
public class CatalogueBenchmarks
{
    private const int PackageCount = 2_500;
    private const int VersionsOfEach = 4;

    private byte[] _bytes = [];
    private PackageCatalogue _catalogue = PackageCatalogue.BuiltIn;
    private string _lastName = "";

    /// <summary>Which catalogue: <c>built-in</c> or <c>large</c>.</summary>
    [Params("built-in", "large")]
    public string Input { get; set; } = "large";

    /// <summary>Runs with BenchmarkDotNet's options; with <c>--quick</c> each is timed once and then a hundred times, in a second.</summary>
    public static int Run(string[] args)
    {
        if (args is ["--quick"]) return RunQuickly();
        BenchmarkRunner.Run<CatalogueBenchmarks>(DefaultConfig.Instance, args);
        return 0;
    }

    /// <summary>Makes the catalogue.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _bytes = Input == "large" ? Generate() : CatalogueBuilder.From(PackageCatalogue.BuiltIn).Build();
        _catalogue = Open();
        _lastName = _catalogue.Packages.Last().Name;
    }

    /// <summary>Checks the whole file.</summary>
    [Benchmark]
    public PackageCatalogue Open() => PackageCatalogue.TryOpen(_bytes, out PackageCatalogue? catalogue, out CatalogueFault? fault) ? catalogue : throw new InvalidOperationException(fault.Reason);

    /// <summary>Finds the last package by its name and reads its versions.</summary>
    [Benchmark]
    public int FindPackage() => _catalogue.FindPackage(_lastName)!.Versions.Length;

    /// <summary>Finds what a version needs.</summary>
    [Benchmark]
    public int FindRequirements() => _catalogue.FindPackage(_lastName)!.Distribution.FindMetadata(WheelVersion.Parse("version:1.2"))?.Metadata.Requirements.Length ?? 0;

    /// <summary>Finds the packages that are spelt like one that there is not.</summary>
    [Benchmark]
    public int NearestPackages() => _catalogue.NearestPackages("infra/python/wheels/packgae77-py3").Length;

    /// <summary>A catalogue of 10,000 versions.</summary>
    internal static byte[] Generate()
    {
        var builder = new CatalogueBuilder { Description = "generated" };
        foreach (int package in Enumerable.Range(0, PackageCount))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"package{package}");
            if (!DistributionName.TryParse(name, out DistributionName distribution, out string? error)) throw new InvalidOperationException(error);
            foreach (int version in Enumerable.Range(0, VersionsOfEach))
            {
                string number = string.Create(CultureInfo.InvariantCulture, $"1.{version}");
                builder.SetAvailability($"infra/python/wheels/{name}/${{vpython_platform}}", $"version:{number}", isUniversal: false, PackageCatalogue.BuiltIn.Platforms);
                builder.SetMetadata(distribution, new(number, "generated")
                {
                    SourceHasAllRequirements = true,
                    RequirementTexts = [$"package{(package + 1) % PackageCount}>=1.{version}; python_version >= \"3.8\"", "six"],
                    Modules = [name],
                });
            }
        }
        return builder.Build();
    }

    private static int RunQuickly()
    {
        foreach (string input in (string[])["built-in", "large"])
        {
            var benchmarks = new CatalogueBenchmarks { Input = input };
            benchmarks.Prepare();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{input}: {benchmarks._catalogue.VersionCount} versions, {benchmarks._bytes.Length / 1024} KiB"));
            Time("open", () => benchmarks.Open());
            Time("find a package", () => benchmarks.FindPackage());
            Time("find requirements", () => benchmarks.FindRequirements());
            Time("nearest packages", () => benchmarks.NearestPackages());
        }
        return 0;
    }

    private static void Time(string what, Action run)
    {
        const int Runs = 100;
        double first = Milliseconds(run);
        double[] others = [.. Enumerable.Range(0, Runs).Select(_ => Milliseconds(run)).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-18} first {first,8:F3} ms, median of {Runs} {others[Runs / 2],8:F3} ms"));
    }

    private static double Milliseconds(Action run)
    {
        long start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
