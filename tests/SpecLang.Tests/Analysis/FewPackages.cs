using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Tests.Analysis;

/// <summary>A catalogue of a few packages that stays as it is, of 2 January 2025.</summary>
internal static class FewPackages
{
    /// <summary>The catalogue.</summary>
    public static PackageCatalogue Instance { get; } = Build();

    private static PackageCatalogue Build()
    {
        var builder = new CatalogueBuilder { Description = "a few packages", Date = new(2025, 1, 2) };
        Universal("six-py2_py3", "1.10.0", "1.15.0", "1.16.0", "1.17.0rc1");
        Universal("requests-py2", "2.13.0");
        Universal("requests-py2_py3", "2.31.0", "2.13.0");
        Universal("google-auth-py2_py3", "1.25.0");
        Universal("google-auth-py3", "2.16.2");
        Universal("typing-extensions-py3", "4.0.1");
        Universal("ruamel_yaml-py3", "0.17.0");
        foreach (SupportedPlatform platform in PlatformTable.Default.Platforms)
        {
            Check(builder.AddAvailability("infra/python/wheels/psutil/${vpython_platform}", "version:5.8.0.chromium.3", platform.Name));
            if (platform.Python == new PythonMinor(3, 11)) Check(builder.AddAvailability("infra/python/wheels/psutil/${vpython_platform}", "version:5.9.0", platform.Name));
            Check(builder.AddAvailability("infra/python/wheels/lxml/${vpython_platform}", "version:4.6.2", platform.Name));
        }
        return PackageCatalogue.TryOpen(builder.Build(), out PackageCatalogue? catalogue, out CatalogueFault? fault) ? catalogue : throw new InvalidOperationException(fault.ToString());

        void Universal(string name, params string[] versions)
        {
            foreach (string version in versions) Check(builder.SetAvailability("infra/python/wheels/" + name, "version:" + version, isUniversal: true));
        }
    }

    private static void Check(string? fault)
    {
        if (fault is not null) throw new InvalidOperationException(fault);
    }
}
