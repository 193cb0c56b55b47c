using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>What was asked for.</summary>
internal sealed record LintOptions
{
    /// <summary>Files, directories and patterns; <c>-</c> is standard input.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>The path that standard input stands for; null when it was not said.</summary>
    public string? StandardInputPath { get; init; }

    /// <summary>Whether only what has changed is looked at.</summary>
    public bool OnlyChanged { get; init; }

    /// <summary>The commit since whose branching off changes count; null for the usual one.</summary>
    public string? ChangedSince { get; init; }

    /// <summary>Whether findings are mended in the files.</summary>
    public bool Fixes { get; init; }

    /// <summary>Whether what mending would change is shown.</summary>
    public bool ShowsDifference { get; init; }

    /// <summary>Whether fixes that change the environment are made, too.</summary>
    public bool WithUnsafeFixes { get; init; }

    /// <summary>Which kinds of findings count.</summary>
    public required CodeSelection Codes { get; init; }

    /// <summary>The least severity that is reported and that the exit code tells.</summary>
    public DiagnosticSeverity Threshold { get; init; } = DiagnosticSeverity.Warning;

    /// <summary>Whether findings leave the exit code at zero.</summary>
    public bool ExitsWithZero { get; init; }

    /// <summary>How findings are written.</summary>
    public required ILintFormat Format { get; init; }

    /// <summary>Whether a finding counts.</summary>
    public bool Wants(Diagnostic diagnostic) => diagnostic.Severity <= Threshold && Codes.Contains(diagnostic.Id);
}
