namespace VPythonTools.SpecLang.Packages;

/// <summary>What a template became with the variables of one platform.</summary>
public abstract record TemplateExpansion
{
    private TemplateExpansion()
    {
    }

    /// <summary>A package to install.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record Expanded(PackageName Name) : TemplateExpansion;

    /// <summary>No package on this platform: the value of a variable is not among those that the template lists.</summary>
    /// <param name="Variable">The first such variable.</param>
    public sealed record Skipped(TemplateVariable Variable) : TemplateExpansion;

    /// <summary>A mistake of the template's author.</summary>
    /// <param name="Error">What is wrong and what may have been meant.</param>
    public sealed record Failed(string Error) : TemplateExpansion;
}
