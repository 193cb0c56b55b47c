namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>What a symbol of a spec is.</summary>
public enum SpecSymbolKind
{
    /// <summary>The whole spec inside a script.</summary>
    Spec,

    /// <summary>A field with a value that has no fields, such as <c>python_version</c>.</summary>
    Field,

    /// <summary>A wheel.</summary>
    Wheel,

    /// <summary>A PEP 425 tag: to match, not to match, or to verify.</summary>
    Tag,

    /// <summary>Any other message.</summary>
    Message,
}
