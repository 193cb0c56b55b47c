namespace VPythonTools.Runner.Console;

/// <summary>How much a log line matters, least first.</summary>
public enum LogLevel
{
    /// <summary>Each step and its reason.</summary>
    Debug,

    /// <summary>What is done that takes time.</summary>
    Info,

    /// <summary>What is likely not meant.</summary>
    Warning,

    /// <summary>What failed.</summary>
    Error,
}
