namespace VPythonTools.SpecLang.Probing;

/// <summary>What Python is told to run.</summary>
public enum TargetKind
{
    /// <summary>A path: a script, a directory with <c>__main__.py</c>, or a zip file.</summary>
    Script,

    /// <summary>Standard input, by <c>-</c> or because it is not a terminal.</summary>
    StandardInput,

    /// <summary>The text behind <c>-c</c>.</summary>
    Command,

    /// <summary>The module behind <c>-m</c>.</summary>
    Module,

    /// <summary>A prompt.</summary>
    Interactive,
}
