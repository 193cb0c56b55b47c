namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>What a hint between the characters of a spec tells.</summary>
public enum InlayHintKind
{
    /// <summary>What a name with variables is on this machine.</summary>
    Expansion,

    /// <summary>That there is a newer version.</summary>
    NewerVersion,

    /// <summary>That there is no build for some platforms.</summary>
    MissingPlatforms,
}
