using System.Text;
using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Search;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Workspace;

/// <summary>One version of a document that the client shows. Immutable.</summary>
/// <param name="Uri">Its address, as the client writes it.</param>
/// <param name="LanguageId">What the client takes it for.</param>
/// <param name="Version">Which version it is.</param>
/// <param name="Text">Its text.</param>
internal sealed record OpenDocument(string Uri, string LanguageId, int Version, SourceText Text)
{
    /// <summary>Longer documents are kept in step, and nothing more, in bytes: nobody writes such a spec, and every key would cost what the whole costs.</summary>
    public const int LargestAnalyzed = 8 << 20;

    /// <summary>Its path, or its address where it is no file.</summary>
    public string Path => Text.Path;

    /// <summary>Whether it is too long to be looked at.</summary>
    public bool IsTooLarge => Text.Length > LargestAnalyzed;

    /// <summary>A document that was just opened.</summary>
    public static OpenDocument Open(TextDocumentItem item) =>
        new(item.Uri, item.LanguageId, item.Version, SourceText.From(item.Text, DocumentUri.ToPath(item.Uri)));

    /// <summary>The next version.</summary>
    /// <param name="version">Its number.</param>
    /// <param name="changes">What changed, each in the text that the one before left.</param>
    /// <param name="countsBytes">Whether columns count bytes.</param>
    public OpenDocument With(int version, IEnumerable<TextDocumentContentChangeEvent> changes, bool countsBytes)
    {
        SourceText text = Text;
        foreach (TextDocumentContentChangeEvent change in changes)
        {
            text = change.Range is { } range
                ? text.WithChanges([new(new PositionMapper(text, countsBytes).ToSpan(range), change.Text)])
                : SourceText.From(Encoding.UTF8.GetBytes(change.Text), text.Path);
        }
        return this with { Version = version, Text = text };
    }

    /// <summary>What kind of document it is: by its name, by what the client says, by its text.</summary>
    public static DocumentKind KindOf(SourceText text, string? languageId)
    {
        DocumentKind kind = SpecFileName.IsStandalone(System.IO.Path.GetFileName(text.Path)) ? DocumentKind.Spec : SpecDocument.KindOf(text);
        if (kind == DocumentKind.TextFormat && SchemaHeader.Read(text).Message is "vpython.Spec") return DocumentKind.Spec;
        // What the client calls a spec is one, saved under a name or not; what has a guard in it is a script all the same.
        bool isCalledSpec = languageId is "vpython" or "vpython3" or "vpython-spec";
        return kind == DocumentKind.Script && isCalledSpec && text.Bytes.IndexOf("[VPYTHON:BEGIN]"u8) < 0 ? DocumentKind.Spec : kind;
    }
}
