namespace VPythonTools.Runner.Files;

/// <summary>What a tree of files occupies.</summary>
/// <param name="Bytes">All of it, a file with several names once.</param>
/// <param name="OwnBytes">What would be free without it: files that have names elsewhere too are not counted.</param>
/// <param name="Files">How many names of files there are.</param>
public readonly record struct TreeUsage(long Bytes, long OwnBytes, int Files);
