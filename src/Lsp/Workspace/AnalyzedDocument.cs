using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Workspace;

/// <summary>A document in its world: the text of one version, with what is made of it when it is asked for, once. Asked by several threads.</summary>
internal sealed class AnalyzedDocument
{
    private static long _lastSerial;

    private readonly Lazy<SpecAnalysis> _spec;
    private AnalysisResult? _result;

    /// <summary>A document whose analysis is still to be made.</summary>
    /// <param name="uri">Its address.</param>
    /// <param name="open">The version that is open; null for a file on the disk.</param>
    /// <param name="text">Its text.</param>
    /// <param name="host">What analysis asks of the world.</param>
    /// <param name="settings">What is configured for it.</param>
    public AnalyzedDocument(string uri, OpenDocument? open, SourceText text, AnalysisHost host, AnalysisSettings settings)
    {
        Uri = uri;
        Open = open;
        Text = text;
        Host = host;
        Settings = settings;
        _spec = new(() => new SpecAnalysis(BoundSpec.Bind(SpecDocument.Parse(Text, OpenDocument.KindOf(Text, Open?.LanguageId))), Host, Settings));
    }

    /// <summary>Its address.</summary>
    public string Uri { get; }

    /// <summary>The version that is open; null for a file on the disk.</summary>
    public OpenDocument? Open { get; }

    /// <summary>Its text.</summary>
    public SourceText Text { get; }

    /// <summary>What analysis asks of the world.</summary>
    public AnalysisHost Host { get; }

    /// <summary>What is configured for it.</summary>
    public AnalysisSettings Settings { get; }

    /// <summary>A number that no other analysis has, of this document or another.</summary>
    public long Serial { get; } = Interlocked.Increment(ref _lastSerial);

    /// <summary>Whether it is looked at at all.</summary>
    public bool IsTooLarge => Text.Length > OpenDocument.LargestAnalyzed;

    /// <summary>The document as features see it.</summary>
    public SpecAnalysis Spec => _spec.Value;

    /// <summary>Whether it is a spec, or has one in it.</summary>
    public bool HasSpec => !IsTooLarge && Spec.Document.Kind != DocumentKind.TextFormat && Spec.Document.Region is not null;

    /// <summary>The same document in another world.</summary>
    public AnalyzedDocument In(AnalysisHost host, AnalysisSettings settings) => new(Uri, Open, Text, host, settings);

    /// <summary>What is found in it.</summary>
    public AnalysisResult Analyze(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _result) is { } known) return known;
        AnalysisResult result = SpecAnalyzer.Analyze(Spec, cancellation);
        return Interlocked.CompareExchange(ref _result, result, null) ?? result;
    }
}
