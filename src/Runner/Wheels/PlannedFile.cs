namespace VPythonTools.Runner.Wheels;

/// <summary>
/// A file that an installation will write. Its content is a file of a wheel as it is, byte-code of one, or bytes made for this environment.
/// </summary>
/// <param name="Path">Where, relative to the environment, with <c>/</c>.</param>
/// <param name="Wheel">The wheel that it belongs to.</param>
/// <param name="Row">Its row of the installed RECORD, whose hash says what is in it; its path is relative to the library directory.</param>
/// <param name="Mode">Who may execute it.</param>
internal sealed record PlannedFile(string Path, Wheel Wheel, WheelRecordRow Row, PlannedFileMode Mode)
{
    /// <summary>The wheel's file, where the content is taken from it as it is.</summary>
    public WheelMember? Source { get; init; }

    /// <summary>The content, where it was made for this environment.</summary>
    public byte[]? Content { get; init; }

    /// <summary>The byte-code in the cache, where the file is some; it has no row in RECORD then.</summary>
    public (string Path, long Size)? ByteCode { get; init; }

    /// <summary>Bytes that will be written.</summary>
    public long Size => Source?.Size ?? ByteCode?.Size ?? Content!.Length;
}
