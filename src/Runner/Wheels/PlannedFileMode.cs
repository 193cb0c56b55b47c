namespace VPythonTools.Runner.Wheels;

/// <summary>Who may execute an installed file. Everything else is left to the umask, as pip does.</summary>
internal enum PlannedFileMode
{
    /// <summary>Nobody.</summary>
    Plain,

    /// <summary>Everybody, whatever the umask says: a file that was executable in its wheel.</summary>
    Executable,

    /// <summary>Everybody may read and execute it, whatever the umask says: a command.</summary>
    Command,
}
