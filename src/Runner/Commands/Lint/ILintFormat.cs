namespace VPythonTools.Runner.Commands.Lint;

/// <summary>A way to write what a run found.</summary>
internal interface ILintFormat
{
    /// <summary>The report as text; empty when there is nothing to say.</summary>
    string Write(LintReport report);
}
