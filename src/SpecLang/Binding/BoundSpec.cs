using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Binding;

/// <summary>A document read as a spec: the message, everything that is wrong, and the place of every value. Immutable.</summary>
public sealed class BoundSpec
{
    private BoundSpec(SpecDocument document, BoundTree bound, Spec spec, ImmutableArray<Diagnostic> diagnostics)
    {
        Document = document;
        Bound = bound;
        Spec = spec;
        Diagnostics = diagnostics;
        HasErrors = diagnostics.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>The document.</summary>
    public SpecDocument Document { get; }

    /// <summary>The spec as text with structure.</summary>
    public SyntaxTree Tree => Bound.Tree;

    /// <summary>The spec as a message with the way back to its text.</summary>
    public BoundTree Bound { get; }

    /// <summary>The spec. Where there are errors, what could be read; for a script without a spec, an empty one.</summary>
    public Spec Spec { get; }

    /// <summary>Everything found: guards and prefixes, syntax, schema; in order of position. A script without a spec is nothing to report.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Whether one of the diagnostics is an error: then the spec must not be used.</summary>
    public bool HasErrors { get; }

    /// <summary>The wheels in the text, in the order of <see cref="Schema.Spec.Wheel"/>.</summary>
    public ImmutableArray<BoundMessage> Wheels => field.IsDefault ? field = [.. Bound.Root.FindAll("wheel").Select(static value => value.Message!)] : field;

    /// <summary>Reads a document. Never fails.</summary>
    public static BoundSpec Bind(SpecDocument document)
    {
        var tree = SyntaxTree.Parse(document);
        BoundTree bound = MessageBinder.Bind(tree, Spec.Descriptor);
        ImmutableArray<Diagnostic> diagnostics = [.. document.Diagnostics.Concat(tree.Diagnostics).Concat(bound.Diagnostics).OrderBy(static diagnostic => diagnostic.Span)];
        return new(document, bound, Spec.Parser.ParseFrom(bound.WireBytes.Span), diagnostics);
    }

    /// <summary>Where a wheel is: its message, from bracket to bracket.</summary>
    /// <param name="index">The index in <see cref="Schema.Spec.Wheel"/>.</param>
    public TextSpan SpanOfWheel(int index) => Wheels[index].Syntax.Span;

    /// <summary>Where a wheel's name is: the string, or the wheel when it has no name.</summary>
    /// <param name="index">The index in <see cref="Schema.Spec.Wheel"/>.</param>
    public TextSpan SpanOfWheelName(int index) => SpanOf(Wheels[index], "name");

    /// <summary>Where a wheel's version is: the string, or the wheel when it has no version.</summary>
    /// <param name="index">The index in <see cref="Schema.Spec.Wheel"/>.</param>
    public TextSpan SpanOfWheelVersion(int index) => SpanOf(Wheels[index], "version");

    /// <summary>Where the version of Python is; null when the spec has none.</summary>
    public TextSpan? SpanOfPythonVersion => Bound.Root.Find("python_version")?.Syntax.Span;

    /// <summary>Where a tag to verify is.</summary>
    /// <param name="index">The index in <see cref="Schema.Spec.VerifyPep425Tag"/>.</param>
    public TextSpan SpanOfVerifyPep425Tag(int index) => Bound.Root.FindAll("verify_pep425_tag").ElementAt(index).Syntax.Span;

    private static TextSpan SpanOf(BoundMessage message, string field) => message.Find(field)?.Syntax.Span ?? message.Syntax.Span;
}
