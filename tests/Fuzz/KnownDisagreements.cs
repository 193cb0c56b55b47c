using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.Testing;

namespace VPythonTools.Fuzz;

/// <summary>
/// The table of <c>docs/text-format.md</c>: where we and protoc judge differently, on purpose. A row explains just what it says: for each one there is a
/// condition here that a text must meet, beside the diagnostic that it is known by.
/// </summary>
public sealed partial class KnownDisagreements
{
    private static readonly string[] _additions = ["heredoc", "byte-order-mark"];

    private readonly HashSet<string> _refusedHere = [];

    private KnownDisagreements()
    {
    }

    /// <summary>Reads the table. Its rows are <c>| key | who refuses | ...</c>.</summary>
    /// <exception cref="InvalidDataException">The table has a row that has no condition here, or lacks one.</exception>
    public static KnownDisagreements Load()
    {
        var known = new KnownDisagreements();
        var accepted = new List<string>();
        foreach (string line in File.ReadLines(Path.Combine(SharedData.ProjectRoot, "docs/text-format.md")))
        {
            string[] cells = [.. line.Split('|').Select(static cell => cell.Trim(' ', '`'))];
            if (cells.Length < 5) continue;
            if (cells[2] == "we") known._refusedHere.Add(cells[1]);
            if (cells[2] == "protoc") accepted.Add(cells[1]);
        }
        if (!accepted.Order().SequenceEqual(_additions.Order())) throw new InvalidDataException("The rows of what protoc refuses are not those that can be checked.");
        return known;
    }

    /// <summary>Whether every error that we found in a text that protoc accepts is one of the table, and what the table says of it.</summary>
    public bool ExplainRefusal(byte[] text, IEnumerable<Diagnostic> errors, SchemaSet schemas) =>
        errors.All(error => _refusedHere.Contains(error.Id) && IsAsTheTableSays(error, text, schemas));

    /// <summary>
    /// A text that has additions to the text format, without them: heredocs as quoted strings, the byte order mark left out. Protoc must accept it with the
    /// same bytes. Null when it has none.
    /// </summary>
    public static byte[]? Rewrite(BoundTree bound)
    {
        ReadOnlySpan<byte> text = bound.Tree.Text.Bytes;
        var rewritten = new MemoryStream();
        int end = bound.Tree.Text.ByteOrderMark.End;
        bool hasAddition = end > 0;
        foreach (SyntaxToken token in bound.Tree.Tokens)
        {
            if (token.Kind != SyntaxKind.Heredoc) continue;
            hasAddition = true;
            rewritten.Write(text[end..token.Start]);
            rewritten.Write(Encoding.ASCII.GetBytes(Quote(text.Slice(token.Start, token.Length))));
            end = token.End;
        }
        rewritten.Write(text[end..]);
        return hasAddition ? rewritten.ToArray() : null;
    }

    private static bool IsAsTheTableSays(Diagnostic error, byte[] text, SchemaSet schemas)
    {
        string found = Encoding.Latin1.GetString(text, error.Span.Start, error.Span.Length);
        return error.Id switch
        {
            "VPY1008" => LongUnicodeEscape().IsMatch(found) && uint.Parse(found.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) > 0x10FFFF,
            "VPY1015" => DepthAt(text, error.Span.Start) >= SyntaxTree.MaxDepth,
            // Only bytes beyond ASCII, as such or as escapes, can be no UTF-8.
            "VPY1208" => found.Any(static letter => letter >= 0x80) || EscapeBeyondAscii().IsMatch(found),
            "VPY1210" => IsKnownName(found, schemas),
            _ => false,
        };
    }

    /// <summary>Whether a name in brackets is that of an extension or message of the schemas, which protoc can know.</summary>
    private static bool IsKnownName(string name, SchemaSet schemas)
    {
        string plain = Comment().Replace(name, "").Trim('[', ']');
        plain = string.Concat(plain.Where(static letter => !char.IsWhiteSpace(letter)));
        return schemas.FindMessage(plain[(plain.LastIndexOf('/') + 1)..]) is not null
            || schemas.Files.Any(file => file.Extensions.UnorderedExtensions.Any(extension => extension.FullName == plain));
    }

    private static int DepthAt(byte[] text, int offset) =>
        text.AsSpan(0, offset).Count((byte)'<') + text.AsSpan(0, offset).Count((byte)'{') - text.AsSpan(0, offset).Count((byte)'>') - text.AsSpan(0, offset).Count((byte)'}');

    /// <summary>A heredoc as a string in quotes: its lines without the white space that they all start with, each byte as an escape.</summary>
    private static string Quote(ReadOnlySpan<byte> heredoc)
    {
        string[] lines = Encoding.Latin1.GetString(heredoc).Split('\n')[1..^1];
        string common = lines.Length == 0 ? "" : Blanks(lines[0]) is var blanks && blanks.Length == lines[0].Length ? blanks + "\n" : blanks;
        foreach (string line in lines.Skip(1).Where(static line => Blanks(line).Length < line.Length))
        {
            while (!line.StartsWith(common, StringComparison.Ordinal)) common = common[..^1];
        }
        string value = string.Join('\n', lines.Select(line => line[Math.Min(common.Length, line.Length)..]));
        return $"\"{string.Concat(value.Select(static letter => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}")))}\"";
    }

    private static string Blanks(string line) => line[..^line.TrimStart(' ', '\t', '\r', '\f', '\v').Length];

    [GeneratedRegex(@"^\\U[0-9A-Fa-f]{8}$")]
    private static partial Regex LongUnicodeEscape();

    [GeneratedRegex(@"\\([xX][89A-Fa-f]|[2-7][0-7][0-7]|u[dD][89A-Fa-f]|U0000[dD][89A-Fa-f])")]
    private static partial Regex EscapeBeyondAscii();

    [GeneratedRegex(@"#[^\n]*")]
    private static partial Regex Comment();
}
