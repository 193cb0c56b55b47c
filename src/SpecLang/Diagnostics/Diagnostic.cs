using System.Collections.Immutable;
using System.Globalization;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>One finding at one place of a text.</summary>
/// <param name="Descriptor">What kind of finding.</param>
/// <param name="Span">Where; an empty span marks a place where something is missing.</param>
/// <param name="Message">What is wrong here and what to do.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, TextSpan Span, string Message)
{
    /// <summary>How much it matters.</summary>
    public DiagnosticSeverity Severity { get; init; } = Descriptor.DefaultSeverity;

    /// <summary>What would mend it, the best way first.</summary>
    public ImmutableArray<CodeFix> Fixes { get; init; } = [];

    /// <summary>Other places that have to do with it.</summary>
    public ImmutableArray<RelatedPlace> Related { get; init; } = [];

    /// <summary>How an editor can show the text itself.</summary>
    public DiagnosticTags Tags { get; init; }

    /// <summary>The identifier of its descriptor.</summary>
    public string Id => Descriptor.Id;

    /// <summary>The severity in the words of the output and of settings.</summary>
    public string SeverityName => NameOf(Severity);

    /// <summary>A finding whose message is the descriptor's with these values.</summary>
    public static Diagnostic Create(DiagnosticDescriptor descriptor, TextSpan span, params ReadOnlySpan<object?> arguments) =>
        new(descriptor, span, string.Format(CultureInfo.InvariantCulture, descriptor.ParsedFormat, arguments));

    /// <summary>A severity in the words of the output and of settings.</summary>
    public static string NameOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Information => "info",
        _ => "hint",
    };

    /// <summary>The finding as one line: <c>path:line:column: error: message [VPY1234]</c>, line and column from one, columns in characters.</summary>
    public string ToString(SourceText text) =>
        $"{text.Path}:{text.GetCharacterPosition(Span.Start)}: {SeverityName}: {Message} [{Id}]";
}
