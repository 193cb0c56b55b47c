namespace VPythonTools.Runner.CommandLine;

/// <summary>What a Python command line runs.</summary>
public enum PythonTarget
{
    /// <summary>The interactive prompt: no target was given.</summary>
    Interactive,

    /// <summary>A script, or a directory or archive that holds one.</summary>
    Script,

    /// <summary>A program read from standard input: <c>-</c>.</summary>
    StandardInput,

    /// <summary>A program text: <c>-c</c>.</summary>
    Command,

    /// <summary>A module: <c>-m</c>.</summary>
    Module,
}
