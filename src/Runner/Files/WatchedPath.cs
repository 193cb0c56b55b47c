namespace VPythonTools.Runner.Files;

/// <summary>A path that a decision rests on, with what it led to when the decision was made.</summary>
/// <param name="Path">The path.</param>
/// <param name="Fingerprint">What was there, or that nothing was.</param>
public readonly record struct WatchedPath(string Path, FileFingerprint Fingerprint)
{
    /// <summary>Whether the path leads to the same still.</summary>
    public bool IsUnchanged => FileFingerprint.Of(Path) == Fingerprint;

    /// <summary>The path as it is now; taken before it is looked into, so that no change in between is missed.</summary>
    public static WatchedPath Now(string path) => new(path, FileFingerprint.Of(path));
}
