namespace VPythonTools.Runner.Wheels;

/// <summary>
/// A file that an installation will write. Its content is either a file of a wheel, as it is, or bytes made for this environment; a cache
/// of unpacked wheels can supply the first kind by its hash.
/// </summary>
/// <param name="Path">Where, relative to the environment, with <c>/</c>.</param>
/// <param name="Wheel">The wheel that it belongs to.</param>
/// <param name="Row">Its row of the installed RECORD, whose hash says what is in it; its path is relative to the library directory.</param>
/// <param name="Mode">Who may execute it.</param>
internal sealed record PlannedFile(string Path, WheelArchive Wheel, WheelRecordRow Row, PlannedFileMode Mode)
{
    /// <summary>The wheel's file, where the content is taken from it as it is.</summary>
    public WheelMember? Source { get; init; }

    /// <summary>The content, where it was made for this environment.</summary>
    public byte[]? Content { get; init; }
}
