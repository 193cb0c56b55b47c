using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Python;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

/// <summary>A catalogue of a few wheels that a test makes up. Names stand without the usual prefix, versions without <c>version:</c>.</summary>
internal sealed class SmallCatalogue
{
    private readonly CatalogueBuilder _builder = new();
    private readonly Dictionary<(string Name, string Version), DistributionMetadata> _metadata = [];

    /// <summary>Adds a wheel for all platforms, with all that it needs.</summary>
    public SmallCatalogue Universal(string name, string version, params string[] requirements)
    {
        Assert.Null(_builder.SetAvailability(WheelPackageName.UsualPrefix + name, "version:" + version, isUniversal: true));
        return Needing(name, version, requirements);
    }

    /// <summary>Adds a wheel that has builds for some platforms.</summary>
    public SmallCatalogue Built(string name, string version, params string[] platforms)
    {
        Assert.Null(_builder.SetAvailability(WheelPackageName.UsualPrefix + name, "version:" + version, isUniversal: false, platforms));
        return this;
    }

    /// <summary>Sets what a version needs.</summary>
    public SmallCatalogue Needing(string name, string version, params string[] requirements) =>
        Know(name, version, known => new(known.Version, known.Source)
        {
            RequirementTexts = [.. requirements],
            SourceHasAllRequirements = true,
            Modules = known.Modules,
            RequiresPython = known.RequiresPython,
        });

    /// <summary>Sets the modules that a version brings.</summary>
    public SmallCatalogue Bringing(string name, string version, params string[] modules) =>
        Know(name, version, known => new(known.Version, known.Source)
        {
            RequirementTexts = known.RequirementTexts,
            SourceHasAllRequirements = known.SourceHasAllRequirements,
            Modules = [.. modules],
            RequiresPython = known.RequiresPython,
        });

    /// <summary>Sets for which Pythons a version is.</summary>
    public SmallCatalogue RequiresPython(string name, string version, string bounds) =>
        Know(name, version, known => new(known.Version, known.Source)
        {
            RequirementTexts = known.RequirementTexts,
            SourceHasAllRequirements = known.SourceHasAllRequirements,
            Modules = known.Modules,
            RequiresPython = bounds,
        });

    /// <summary>The catalogue.</summary>
    public PackageCatalogue Open()
    {
        Assert.True(PackageCatalogue.TryOpen(_builder.Build(), out PackageCatalogue? catalogue, out _));
        return catalogue;
    }

    private SmallCatalogue Know(string name, string version, Func<DistributionMetadata, DistributionMetadata> change)
    {
        Assert.True(WheelPackageName.TryParse(WheelPackageName.UsualPrefix + name, out WheelPackageName? parsed));
        DistributionName distribution = parsed.Distribution;
        if (!_metadata.TryGetValue((distribution.Value, version), out DistributionMetadata? known)) known = new(version, "a test");
        known = change(known);
        _metadata[(distribution.Value, version)] = known;
        Assert.Null(_builder.SetMetadata(distribution, known));
        return this;
    }
}
