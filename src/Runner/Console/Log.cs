namespace VPythonTools.Runner.Console;

/// <summary>
/// What we say while a script is on its way, on standard error only: standard output belongs to the script. Silent below the level asked for,
/// and free when silent. Values of the user's environment never go here.
/// </summary>
/// <param name="level">The least level that is written.</param>
public sealed class Log(LogLevel level)
{
    /// <summary>How far what takes long has come, counted by those who do it.</summary>
    internal BuildActivity Activity { get; } = new();

    /// <summary>Whether lines of this level are written; asked before a costly text is made.</summary>
    public bool Writes(LogLevel asked) => asked >= level;

    /// <summary>A step and its reason.</summary>
    public void Debug(string text) => Write(LogLevel.Debug, "debug", text);

    /// <summary>Something that takes time.</summary>
    public void Info(string text) => Write(LogLevel.Info, "info", text);

    /// <summary>Something that is likely not meant.</summary>
    public void Warning(string text) => Write(LogLevel.Warning, "warning", text);

    /// <summary>A line that a person at the screen waits for, whatever the level.</summary>
    public static void Notice(string text) => StandardStreams.WriteErrorLine("vpython3: " + text);

    private void Write(LogLevel asked, string name, string text)
    {
        if (Writes(asked)) StandardStreams.WriteErrorLine($"vpython3: {name}: {PlainText.Of(text, kept: "\t\n")}");
    }
}
