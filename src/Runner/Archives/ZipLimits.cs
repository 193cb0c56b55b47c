namespace VPythonTools.Runner.Archives;

/// <summary>
/// How much an archive may ask for. The limits are far above every wheel that Chrome Operations builds and every wheel on PyPI, and far
/// below what would fill a machine; an archive over one of them is refused before anything of it is unpacked.
/// </summary>
public sealed record ZipLimits
{
    /// <summary>The limits for packages and wheels.</summary>
    public static ZipLimits Default { get; } = new();

    /// <summary>The most members.</summary>
    public int Members { get; init; } = 200_000;

    /// <summary>The most bytes of the central directory, which is read into memory.</summary>
    public int DirectorySize { get; init; } = 64 << 20;

    /// <summary>The most bytes of one unpacked member.</summary>
    public long MemberSize { get; init; } = 4L << 30;

    /// <summary>The most bytes of all unpacked members together.</summary>
    public long TotalSize { get; init; } = 16L << 30;

    /// <summary>
    /// The most times that all members together may grow when they are unpacked. Deflate can reach 1,032; real wheels stay below 20.
    /// </summary>
    public int Ratio { get; init; } = 100;

    /// <summary>The bytes up to which <see cref="Ratio"/> is not asked: little archives of zeros are harmless.</summary>
    public long RatioFreeSize { get; init; } = 64 << 20;
}
