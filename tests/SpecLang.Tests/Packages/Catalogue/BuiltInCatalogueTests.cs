using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Python;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages.Catalogue;

/// <summary>
/// The built-in catalogue is kept as text, and as the bytes that are made of it. Where the shared data is beside the project,
/// <c>UPDATE_BASELINES=1 dotnet run --project tests/SpecLang.Tests -- -class '*BuiltInCatalogueTests'</c> makes both anew; without it, a changed text is made bytes.
/// </summary>
public sealed class BuiltInCatalogueTests
{
    private const string Comment =
        """
        # What the built-in catalogue knows; built-in.catalogue is made of it. The lines are explained in CatalogueText.cs, their sources in docs/catalogue.md.

        """;

    private static readonly string Directory = Path.Combine(SharedData.ProjectRoot, "src/SpecLang/Packages/Catalogue");
    private static readonly string TextPath = Path.Combine(Directory, "built-in.catalogue.txt");

    private static bool UpdatesBaselines => Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1";

    [Fact]
    public void Its_bytes_are_made_of_its_text()
    {
        Assert.True(CatalogueText.TryParse(File.ReadAllText(TextPath), out CatalogueBuilder? builder, out CatalogueFault? fault), $"line {fault?.Line}: {fault?.Reason}");
        byte[] bytes = builder.Build();
        if (UpdatesBaselines) File.WriteAllBytes(Path.Combine(Directory, "built-in.catalogue"), bytes);
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(Directory, "built-in.catalogue")));
    }

    [Fact]
    public void Its_text_has_the_facts_of_the_shared_data_and_no_others()
    {
        CatalogueBuilder builder = Collect();
        Assert.True(PackageCatalogue.TryOpen(builder.Build(), out PackageCatalogue? catalogue, out CatalogueFault? fault), fault?.Reason);
        string text = Comment + CatalogueText.Write(catalogue);
        if (UpdatesBaselines) File.WriteAllText(TextPath, text);
        Assert.Equal(text, File.ReadAllText(TextPath));
    }

    [Fact]
    public void It_knows_what_the_published_list_has()
    {
        PackageCatalogue catalogue = PackageCatalogue.BuiltIn;
        Assert.True(catalogue.PackageCount >= 446);
        Assert.True(catalogue.VersionCount >= 775);
        Assert.Equal(14, catalogue.Platforms.Length);
        CataloguePackage brotli = catalogue.FindPackage("infra/python/wheels/brotli/${vpython_platform}")!;
        Assert.Equal("brotli", brotli.Distribution.Name.Value);
        Assert.Equal(14, brotli.FindVersion("version:1.0.9")!.Availability.Platforms.Length);
        Assert.True(catalogue.FindPackage("infra/python/wheels/appium_python_client-py2_py3")!.FindVersion("version:0.24")!.Availability.IsUniversal);
    }

    [Fact]
    public void It_knows_modules_and_requirements()
    {
        CatalogueDistribution requests = PackageCatalogue.BuiltIn.FindDistribution(Name("requests"))!;
        MetadataMatch match = requests.FindCompleteMetadata(WheelVersion.Parse("version:2.31.0"))!;
        Assert.Contains("urllib3", match.Metadata.Requirements.Select(requirement => requirement.Name.Value));
        Assert.Equal("pyyaml", PackageCatalogue.BuiltIn.FindModule("yaml.constructor")[0].Name.Value);
        Assert.Contains(PackageCatalogue.BuiltIn.FindModule("google.protobuf"), distribution => distribution.Name.Value == "protobuf");
        Assert.True(PackageCatalogue.BuiltIn.FindModule("google").Length > 2);
    }

    [Fact]
    public void Its_requirements_can_be_read()
    {
        string[] unreadable =
        [
            .. PackageCatalogue.BuiltIn.Distributions
                .SelectMany(distribution => distribution.Metadata)
                .SelectMany(metadata => metadata.RequirementTexts)
                .Distinct()
                .Where(text => !DistributionRequirement.TryParse(text, out _, out _)),
        ];
        Assert.Equal([], unreadable);
    }

    private static CatalogueBuilder Collect()
    {
        var builder = new CatalogueBuilder
        {
            Description = "Chrome Operations' published list of wheels of May 2024, versions seen in public specs, metadata of Debian's packages",
            Date = new(2024, 5, 1),
        };
        Assert.Null(WheelList.Read(File.ReadAllText(SharedData.Require("corpus/wheels.md")), builder, out _));
        AddUses(builder);
        foreach (string line in File.ReadLines(SharedData.Require("corpus/wheel-metadata.jsonl"))) AddMetadata(builder, JsonDocument.Parse(line).RootElement);
        return builder;
    }

    /// <summary>
    /// Names that write a platform out, or have an older template, count for the package with the usual one. Names without any suffix are mistakes: the
    /// published list has none.
    /// </summary>
    private static void AddUses(CatalogueBuilder builder)
    {
        var uses = new Dictionary<(string Name, string Version), int>();
        foreach (string line in File.ReadLines(SharedData.Require("corpus/wheels-used.tsv")).Skip(1))
        {
            string[] columns = line.Split('\t');
            if (!WheelPackageName.TryParse(columns[0], out WheelPackageName? name) || name.Form == WheelPackageForm.Plain) continue;
            if (!columns[1].StartsWith("version:", StringComparison.Ordinal)) continue;
            (string Name, string Version) key = (name.In(name.Form), columns[1]);
            uses[key] = uses.GetValueOrDefault(key) + int.Parse(columns[2], CultureInfo.InvariantCulture);
        }
        foreach (((string name, string version), int count) in uses) Assert.Null(builder.SetUses(name, version, count));
    }

    private static void AddMetadata(CatalogueBuilder builder, JsonElement row)
    {
        var metadata = new DistributionMetadata(row.GetProperty("version").GetString()!, row.GetProperty("source").GetString()!)
        {
            RequiresPython = row.GetProperty("requires_python").GetString() ?? "",
            Summary = row.GetProperty("summary").GetString() ?? "",
            SourceHasAllRequirements = row.GetProperty("requires_complete").GetBoolean(),
            RequirementTexts = Texts(row.GetProperty("requires_dist")),
            Modules = Texts(row.GetProperty("modules")),
        };
        Assert.Null(builder.SetMetadata(Name(row.GetProperty("name").GetString()!), metadata));
    }

    private static ImmutableArray<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString()!)];

    private static DistributionName Name(string text) => DistributionName.TryParse(text, out DistributionName name, out string? error) ? name : throw new ArgumentException(error);
}
