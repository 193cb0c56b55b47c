using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>
/// What a message means on the platforms of a table, wherever it is written: specs with equal messages share it, since it costs far more than all else that is asked of
/// a spec. Safe to be asked by several threads.
/// </summary>
internal sealed class SpecMeaning
{
    private readonly Spec _spec;
    private readonly PackageCatalogue _catalogue;
    private readonly PlatformTable _table;
    private readonly bool _isForFormerTool;
    private readonly PackageSelector _selector;
    private readonly Lazy<ImmutableArray<TargetPlatform>> _supportedPlatforms;
    private readonly Lazy<ImmutableArray<TargetPlatform>> _platforms;
    private readonly Lazy<DependencyClosure> _closure;

    public SpecMeaning(Spec spec, PackageCatalogue catalogue, PlatformTable table, bool isForFormerTool)
    {
        _spec = spec;
        _catalogue = catalogue;
        _table = table;
        _isForFormerTool = isForFormerTool;
        _selector = new(spec, name => catalogue.FactsOf(name).Template);
        Python = PythonVersionRequest.TryParse(spec.PythonVersion, out PythonVersionRequest request, out _) ? request : null;
        Pythons = [.. table.Pythons.Where(MayRunWith)];
        _supportedPlatforms = new(() => [.. table.Platforms.Where(platform => Pythons.Contains(platform.Python)).Select(platform => TargetPlatform.Of(platform, _selector))]);
        _platforms = new(FindPlatforms);
        _closure = new(() => DependencyClosure.Compute(_catalogue, FindClosureWheels()));
    }

    /// <summary>See <see cref="SpecAnalysis.Python"/>.</summary>
    public PythonVersionRequest? Python { get; }

    /// <summary>See <see cref="SpecAnalysis.Pythons"/>.</summary>
    public ImmutableArray<PythonMinor> Pythons { get; }

    /// <summary>See <see cref="SpecAnalysis.Platforms"/>.</summary>
    public ImmutableArray<TargetPlatform> Platforms => _platforms.Value;

    /// <summary>See <see cref="SpecAnalysis.SupportedPlatforms"/>.</summary>
    public ImmutableArray<TargetPlatform> SupportedPlatforms => _supportedPlatforms.Value;

    /// <summary>See <see cref="SpecAnalysis.Closure"/>.</summary>
    public DependencyClosure Closure => _closure.Value;

    private bool MayRunWith(PythonMinor python) =>
        Python is not { } asked ? !_isForFormerTool || python.Major < 3 : asked.Major == python.Major && (asked.Minor is not { } minor || minor == python.Minor);

    private ImmutableArray<TargetPlatform> FindPlatforms() => _spec.VerifyPep425Tag.Count > 0
        ? [.. _spec.VerifyPep425Tag.Select((tag, index) => TargetPlatform.Of(tag, index, _selector, _table))]
        : SupportedPlatforms;

    private ImmutableArray<ClosureWheel> FindClosureWheels()
    {
        var platforms = new PlatformSets(_spec.Wheel.Count);
        foreach (SupportedPlatform platform in Platforms.Select(static target => target.Supported).OfType<SupportedPlatform>().Distinct())
        {
            PackageSelection selection = (SupportedPlatforms.FirstOrDefault(known => known.Supported == platform) ?? TargetPlatform.Of(platform, _selector)).Selection;
            // A wheel that has a problem is there, only not yet right.
            platforms.Add(platform, selection.WheelIndexes.Concat(selection.Problems.Select(static problem => problem.WheelIndex)));
        }
        var wheels = ImmutableArray.CreateBuilder<ClosureWheel>(_spec.Wheel.Count);
        for (int i = 0; i < _spec.Wheel.Count; i++)
        {
            if (platforms[i].IsEmpty || _catalogue.FactsOf(_spec.Wheel[i].Name).Package is not { } name) continue;
            wheels.Add(new(name.Text, name.Distribution, WheelVersion.Parse(_spec.Wheel[i].Version), platforms[i], i));
        }
        return wheels.DrainToImmutable();
    }
}
