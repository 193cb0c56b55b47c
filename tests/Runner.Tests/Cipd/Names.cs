using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Tests.Cipd;

/// <summary>Names and versions that a test knows to be right.</summary>
internal static class Names
{
    public static PackageName Package(string text) => PackageName.TryParse(text, out PackageName name, out string? error) ? name : throw new ArgumentException(error);

    public static CipdVersion Version(string text) => CipdVersion.TryParse(text, out CipdVersion version, out string? error) ? version : throw new ArgumentException(error);
}
