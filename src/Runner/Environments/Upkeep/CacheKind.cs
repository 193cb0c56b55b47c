namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>Something that is kept on the disk to save time.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Path">Where it is: a file or a directory, which may be missing.</param>
/// <param name="IsMadeAgain">Whether all of it comes again by itself when it is removed.</param>
/// <param name="Verify">Finds what is damaged in it.</param>
internal sealed record CacheKind(string Name, string Path, bool IsMadeAgain, Func<IEnumerable<CacheFault>> Verify);
