namespace VPythonTools.SpecLang.Platforms;

/// <summary>Why a spec has no set of packages on a platform.</summary>
public enum SelectionProblemKind
{
    /// <summary>The name of a package is not a template: a dollar sign or brace too many.</summary>
    MalformedTemplate,

    /// <summary>The name did not expand to a package name: an unknown variable, or characters that no name may have.</summary>
    InvalidName,

    /// <summary>The version is neither an instance ID nor a tag nor a ref.</summary>
    InvalidVersion,

    /// <summary>One name, before expansion, with two versions.</summary>
    ConflictingVersions,

    /// <summary>Two names that expand to one.</summary>
    DuplicateAfterExpansion,
}
