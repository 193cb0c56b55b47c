using System.Collections.Immutable;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>
/// One thing that can be wrong with a spec: what it is called, how it is found, how it is mended, and what users should know of it. One file in
/// <c>Rules/</c>, one class of tests of the same name; the list of rules is made by the build.
/// </summary>
public abstract class SpecRule : IRule
{
    /// <inheritdoc/>
    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public abstract RuleDocumentation Documentation { get; }

    /// <summary>Whether a spec with errors is looked at, too. Not for rules that say what is missing: it may be in what could not be read.</summary>
    public virtual bool LooksAtBrokenSpecs => true;

    /// <summary>Finds it in a spec. Where the catalogue, or the table of platforms, does not know something, there is nothing to find.</summary>
    public abstract IEnumerable<Diagnostic> Analyze(SpecAnalysis spec);

    /// <summary>A finding.</summary>
    protected Diagnostic Report(TextSpan span, params ReadOnlySpan<object?> arguments) => Diagnostic.Create(Descriptor, span, arguments);

    /// <summary>The fix that writes another string; none where there is no string, or nothing to write.</summary>
    protected static ImmutableArray<CodeFix> Write(BoundValue? value, string? text, FixSafety safety) =>
        value is { } old && text is not null ? [new($"Write '{text}'", safety, SpecEditor.SetString(old.Syntax, text))] : [];

    /// <summary>Several names in a sentence: <c>'a', 'b' or 'c'</c>.</summary>
    protected static string Either(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => $"'{names[0]}'",
        _ => $"{string.Join(", ", names.Take(names.Count - 1).Select(static name => $"'{name}'"))} or '{names[^1]}'",
    };
}
