using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.CipdServer;

/// <summary>An instance that the server has.</summary>
/// <param name="Id">Its ID.</param>
/// <param name="Path">Its file, which need not be there.</param>
/// <param name="Registered">When the file was last written: a package directory keeps no other time.</param>
/// <param name="Tags">Its tags, in the order of their bytes.</param>
public sealed record ServedInstance(InstanceId Id, string Path, DateTimeOffset Registered, ImmutableArray<string> Tags);
