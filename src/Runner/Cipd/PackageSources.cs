using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Cipd;

/// <summary>The places where packages can come from, by what the user calls them.</summary>
public static class PackageSources
{
    private const string NextStep = "name a package directory with -vpython-packages or VPYTHON_PACKAGES";

    /// <summary>Opens the source at a location: the path of a package directory. Null is the failure that nothing is named.</summary>
    public static Result<IPackageSource> Open(string? location)
    {
        if (location is null)
            return new Failure("VPY3013", "the spec names packages, but nothing says where packages come from") { NextStep = NextStep };
        if (location.Contains("://", StringComparison.Ordinal))
            return new Failure("VPY3015", $"packages cannot be had from '{location}': only package directories can be read") { NextStep = NextStep };
        return PackageDirectory.Open(location).TryGet(out PackageDirectory? directory, out Failure? failure) ? directory : failure;
    }
}
