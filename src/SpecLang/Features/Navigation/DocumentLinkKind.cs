namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>Where a link leads.</summary>
public enum DocumentLinkKind
{
    /// <summary>To a page.</summary>
    Page,

    /// <summary>To a file.</summary>
    File,
}
