namespace VPythonTools.Runner.Wheels;

/// <summary>The modes of what lies in the cache: nobody writes to it.</summary>
internal static class WheelContentMode
{
    /// <summary>A file.</summary>
    public const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>What an executable one has besides.</summary>
    public const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
}
