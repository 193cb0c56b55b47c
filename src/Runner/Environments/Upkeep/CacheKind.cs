using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>Something that is kept on the disk to save time.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Path">Where it is: a file or a directory, which may be missing.</param>
/// <param name="IsMadeAgain">Whether all of it comes again by itself when it is removed.</param>
/// <param name="Verify">Finds what is damaged in it.</param>
internal sealed record CacheKind(string Name, string Path, bool IsMadeAgain, Func<IEnumerable<CacheFault>> Verify)
{
    /// <summary>Removes all of it, or the part at a path; why something stays, null when nothing does.</summary>
    public Func<string, string?> Remove { get; init; } = DirectoryTree.Remove;
}
