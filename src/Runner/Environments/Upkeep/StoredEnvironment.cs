namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>An environment as it is found in the store.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Path">Its directory.</param>
/// <param name="LastUse">When a run in it began last; UTC.</param>
/// <param name="IsInUse">Whether something runs in it now, or is about to.</param>
/// <param name="IsReady">Whether it is one: that it is whole, <see cref="EnvironmentContent"/> tells.</param>
/// <param name="Record">What is remembered of it; null where nothing is.</param>
internal sealed record StoredEnvironment(string Id, string Path, DateTime LastUse, bool IsInUse, bool IsReady, EnvironmentRecord? Record);
