namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>What else is to be said of a piece of a spec.</summary>
[Flags]
public enum SemanticTokenModifiers
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It names a wheel of the spec.</summary>
    Declaration = 1,

    /// <summary>The schema has no such field, or no platform has such a variable.</summary>
    Unknown = 2,

    /// <summary>It was of use in earlier versions only.</summary>
    Deprecated = 4,
}
