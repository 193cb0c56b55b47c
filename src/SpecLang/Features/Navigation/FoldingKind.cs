namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>What a part of a text is that can be folded away.</summary>
public enum FoldingKind
{
    /// <summary>A message or a list.</summary>
    Block,

    /// <summary>Lines that are comments, one below the other.</summary>
    Comment,

    /// <summary>A string of several lines.</summary>
    Text,

    /// <summary>A spec inside a script.</summary>
    Region,
}
