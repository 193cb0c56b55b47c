using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>Tells files that are named as specs and are no text: what a parser says of each of their bytes is of no use to anybody.</summary>
internal static class BinaryContent
{
    /// <summary>A NUL among as many bytes tells. A single one further down is a mistake in a text, and found as one.</summary>
    private const int EnoughToTell = 8192;

    /// <summary>What is to be said of a document that is no text, at its first NUL; null for all others.</summary>
    public static Diagnostic? Find(SpecDocument document)
    {
        if (document.Kind != DocumentKind.Spec) return null;
        ReadOnlySpan<byte> bytes = document.Text.Bytes;
        int nul = bytes[..Math.Min(bytes.Length, EnoughToTell)].IndexOf((byte)0);
        if (nul < 0) return null;
        return IsSixteenBitText(bytes)
            ? Diagnostic.Create(SyntaxDiagnostics.NotText, new TextSpan(nul, 1), ", as text in UTF-16 has", "Save it as UTF-8.")
            : Diagnostic.Create(SyntaxDiagnostics.NotText, new TextSpan(nul, 1), "", "Restore the spec from version control, or give the file another name.");
    }

    private static bool IsSixteenBitText(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || bytes is [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..];
}
