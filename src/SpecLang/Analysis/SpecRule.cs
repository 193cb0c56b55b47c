using VPythonTools.SpecLang.Diagnostics;
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
}
