namespace VPythonTools.Runner.Environments;

/// <summary>Where the environment of a spec is, or will be.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Path">Its directory.</param>
/// <param name="Python">The path of its Python.</param>
/// <param name="Version">The version of that Python, such as <c>3.11.2</c>.</param>
/// <param name="Base">The interpreter that it is made from.</param>
/// <param name="IsReady">Whether it is there.</param>
internal sealed record EnvironmentLocation(string Id, string Path, string Python, string? Version, string? Base, bool IsReady);
