using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sprache;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Packages;

/// <summary>
/// A package name as a spec has it, with variables for what differs between platforms: <c>infra/python/wheels/psutil/${vpython_platform}</c>,
/// <c>tools/${os=linux,mac}</c>. The rules are those of CIPD's <c>template</c> package: nothing is trimmed, case matters, variables do not nest.
/// </summary>
public sealed class PackageTemplate
{
    private readonly ImmutableArray<TemplateGrammar.Part> _parts;

    private PackageTemplate(string text, ImmutableArray<TemplateGrammar.Part> parts)
    {
        Text = text;
        _parts = parts;
        Variables = [.. parts.Select(part => part.Variable).OfType<TemplateVariable>()];
    }

    /// <summary>The template as it was written.</summary>
    public string Text { get; }

    /// <summary>Its variables, in their order.</summary>
    public ImmutableArray<TemplateVariable> Variables { get; }

    /// <summary>Reads a template; refuses a dollar sign that does not open a variable, and a variable without its closing brace.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PackageTemplate? template, [NotNullWhen(false)] out string? error)
    {
        IResult<ImmutableArray<TemplateGrammar.Part>> result = TemplateGrammar.Template.TryParse(text);
        template = result.WasSuccessful ? new(text, result.Value) : null;
        error = result.WasSuccessful ? null : DescribeStrayDollar(text, result.Remainder.Position);
        return result.WasSuccessful;
    }

    /// <summary>
    /// The package for a platform. A variable whose value is not listed wins over every mistake elsewhere in the template, as it does in CIPD:
    /// a package that is not wanted here cannot be wrong here.
    /// </summary>
    public TemplateExpansion Expand(TemplateVariables variables)
    {
        var expanded = new StringBuilder(Text.Length);
        string? error = null;
        foreach (TemplateGrammar.Part part in _parts)
        {
            if (part.Variable is not { } variable) expanded.Append(part.Text);
            else if (!variables.TryGetValue(variable.Name, out string? value)) error ??= DescribeUnknown(variable.Name, variables);
            else if (!variable.Admits(value)) return new TemplateExpansion.Skipped(variable);
            else expanded.Append(value);
        }
        if (error is not null) return new TemplateExpansion.Failed(error);
        return PackageName.TryParse(expanded.ToString(), out PackageName name, out error)
            ? new TemplateExpansion.Expanded(name)
            : new TemplateExpansion.Failed(error);
    }

    /// <summary>The template as it was written.</summary>
    public override string ToString() => Text;

    private static string DescribeStrayDollar(string text, int dollar) => text.AsSpan(dollar).StartsWith("${")
        ? $"the template '{text}' has a '${{' without the closing '}}'"
        : $"the template '{text}' has a '$' that does not begin a variable; variables are written ${{name}}";

    private static string DescribeUnknown(string name, TemplateVariables variables)
    {
        if (TemplateVariables.Names.Contains(name)) return $"the template variable '{name}' has no value here: {variables.WhyMissing(name)}";
        return TemplateVariables.FindNearest(name) is { } nearest
            ? $"unknown template variable '{name}'; did you mean '{nearest}'?"
            : $"unknown template variable '{name}'; known are {string.Join(", ", TemplateVariables.Names)}";
    }
}
