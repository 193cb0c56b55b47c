using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Environments;

/// <summary>An environment that nobody removes while it is held.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Path">Its directory.</param>
/// <param name="Lock">The shared lock that holds it.</param>
public sealed record HeldEnvironment(string Id, string Path, FileLock Lock) : IDisposable
{
    /// <summary>Lets it go.</summary>
    public void Dispose() => Lock.Dispose();
}
