namespace VPythonTools.SpecLang.Probing;

/// <summary>What a path leads to.</summary>
public enum FileKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>Something that can be read as a file: a regular file, a pipe, a device.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>Something that the caller may not see, because a directory on the way may not be searched.</summary>
    Inaccessible,

    /// <summary>Nothing, because links on the way lead to each other.</summary>
    LinkLoop,
}
