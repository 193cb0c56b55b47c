using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>One thing that can be wrong between specs, each of which is right by itself.</summary>
public abstract class WorkspaceRule : IRule
{
    /// <inheritdoc/>
    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public abstract RuleDocumentation Documentation { get; }

    /// <summary>Finds it among specs.</summary>
    public abstract IEnumerable<WorkspaceFinding> Analyze(WorkspaceAnalysis workspace);

    /// <summary>A finding.</summary>
    protected WorkspaceFinding Report(SpecAnalysis spec, TextSpan span, params ReadOnlySpan<object?> arguments) =>
        new(spec, Diagnostic.Create(Descriptor, span, arguments));
}
