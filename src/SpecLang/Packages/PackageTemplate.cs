using System.Collections.Concurrent;
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
    private const int MostKeptEnds = 256;
    private const int LongestKeptEnd = 64;

    private static readonly ConcurrentDictionary<string, IResult<ImmutableArray<TemplateGrammar.Part>>> Ends = new(StringComparer.Ordinal);

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
        // Most names have their only variable at the end, and it is one of few: those ends are read once.
        int dollar = text.IndexOf('$', StringComparison.Ordinal);
        int start = dollar < 0 ? text.Length : dollar;
        ImmutableArray<TemplateGrammar.Part> literal = start == 0 ? [] : [new(text[..start], null)];
        (template, error) = (null, null);
        if (dollar < 0)
        {
            template = new(text, literal);
            return true;
        }
        IResult<ImmutableArray<TemplateGrammar.Part>> result = ReadEnd(text[dollar..]);
        if (result.WasSuccessful) template = new(text, [.. literal, .. result.Value.Select(part => part.MovedBy(start))]);
        else error = DescribeStrayDollar(text, start + result.Remainder.Position);
        return result.WasSuccessful;
    }

    private static IResult<ImmutableArray<TemplateGrammar.Part>> ReadEnd(string end)
    {
        if (Ends.TryGetValue(end, out IResult<ImmutableArray<TemplateGrammar.Part>>? known)) return known;
        IResult<ImmutableArray<TemplateGrammar.Part>> read = TemplateGrammar.Template.TryParse(end);
        if (end.Length <= LongestKeptEnd && Ends.Count < MostKeptEnds) Ends.TryAdd(end, read);
        return read;
    }

    /// <summary>What a template without variables stands for on every platform.</summary>
    internal TemplateExpansion ExpandConstant() =>
        PackageName.TryParse(Text, out PackageName name, out string? error) ? new TemplateExpansion.Expanded(name) : new TemplateExpansion.Failed(error);

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
