using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>What all rules have: a kind of finding, and what users should know of it.</summary>
public interface IRule
{
    /// <summary>The kind of finding.</summary>
    DiagnosticDescriptor Descriptor { get; }

    /// <summary>What users should know of it.</summary>
    RuleDocumentation Documentation { get; }
}
