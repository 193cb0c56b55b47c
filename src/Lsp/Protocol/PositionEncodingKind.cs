namespace VPythonTools.Lsp.Protocol;

/// <summary>The encodings in which columns can be counted. LSP: <c>PositionEncodingKind</c>.</summary>
public static class PositionEncodingKind
{
    /// <summary>Columns count bytes of UTF-8: what the language core counts itself.</summary>
    public const string Utf8 = "utf-8";

    /// <summary>Columns count UTF-16 code units: what every client can do.</summary>
    public const string Utf16 = "utf-16";
}
