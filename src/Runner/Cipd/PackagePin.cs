using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>One instance of one package: what a version means once it is resolved. The same pin is the same bytes for ever.</summary>
/// <param name="Name">The package.</param>
/// <param name="Instance">The hash of the instance's file.</param>
public readonly record struct PackagePin(PackageName Name, InstanceId Instance)
{
    /// <summary>The pin as CIPD writes it: <c>package:instance</c>.</summary>
    public override string ToString() => $"{Name}:{Instance}";
}
