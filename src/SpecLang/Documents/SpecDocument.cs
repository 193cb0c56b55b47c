using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Documents;

/// <summary>A text, what kind of file it is, and where in it the spec is. Immutable.</summary>
public sealed class SpecDocument
{
    private static readonly ImmutableArray<string> SpecEndings = [".vpython3", ".vpython", ".vpython3.txt", ".vpython.txt"];
    private static readonly ImmutableArray<string> TextFormatEndings = [".txtpb", ".textproto", ".textpb", ".pbtxt", ".prototxt", ".pb.txt"];

    private SpecDocument(SourceText text, DocumentKind kind, SpecRegion? region, ImmutableArray<Diagnostic> diagnostics)
    {
        Text = text;
        Kind = kind;
        Region = region;
        Diagnostics = diagnostics;
    }

    /// <summary>The text of the file.</summary>
    public SourceText Text { get; }

    /// <summary>What kind of file it is.</summary>
    public DocumentKind Kind { get; }

    /// <summary>Where the spec is; null for a script without one.</summary>
    public SpecRegion? Region { get; }

    /// <summary>What is wrong with the guards and prefixes of a script, in order of position. A script that does not mention specs has nothing.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Finds the spec of a text. Never fails.</summary>
    public static SpecDocument Parse(SourceText text, DocumentKind kind)
    {
        if (kind != DocumentKind.Script) return new(text, kind, SpecRegion.Whole(text), []);
        var finder = new RegionFinder(text);
        SpecRegion? region = finder.Find();
        return new(text, kind, region, finder.Diagnostics);
    }

    /// <summary>
    /// The kind that a file of this name has: <c>.vpython3</c>, <c>.vpython</c>, and names that end so, are specs; the endings of text format are that;
    /// all else may be scripts. A spec in another case, or with <c>.txt</c> behind its name, is one, too, though <c>vpython3</c> does not find it.
    /// </summary>
    public static DocumentKind KindOf(string path) =>
        SpecEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? DocumentKind.Spec
        : TextFormatEndings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)) ? DocumentKind.TextFormat
        : DocumentKind.Script;

    /// <summary>
    /// The kind of a file by its name, and, where the name says nothing, by a header that names the schema of text format. Python, and what has a guard, is a script
    /// whatever its comments say.
    /// </summary>
    public static DocumentKind KindOf(SourceText text)
    {
        DocumentKind kind = KindOf(text.Path);
        if (kind != DocumentKind.Script || text.Path.EndsWith(".py", StringComparison.Ordinal) || text.Bytes.StartsWith("#!"u8)) return kind;
        return SchemaHeader.Read(text) is not { File: null, Message: null } && text.Bytes.IndexOf("[VPYTHON:BEGIN]"u8) < 0 ? DocumentKind.TextFormat : DocumentKind.Script;
    }
}
