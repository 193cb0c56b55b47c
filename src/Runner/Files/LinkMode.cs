namespace VPythonTools.Runner.Files;

/// <summary>How a file comes to have another name somewhere else, the one that shares most first.</summary>
internal enum LinkMode
{
    /// <summary>Two files that share their blocks until one of them is written to: Btrfs, XFS, APFS and others.</summary>
    Reflink,

    /// <summary>Two names of one file: who writes to one of them has written to both.</summary>
    HardLink,

    /// <summary>Two files.</summary>
    Copy,
}
