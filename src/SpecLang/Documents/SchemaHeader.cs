using System.Text;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Documents;

/// <summary>
/// What the comments at the beginning of a file say about its schema: <c># proto-file: path/of/schema.proto</c> and <c># proto-message: Name</c>, as the
/// specification of the text format recommends. Of several lines of a kind the first one counts.
/// </summary>
/// <param name="File">The path of the <c>.proto</c> file as written; null when it is not said.</param>
/// <param name="Message">The name of the message type: full, or relative to the package of the file; null when it is not said.</param>
public sealed record SchemaHeader(string? File, string? Message)
{
    private static ReadOnlySpan<byte> FileKey => "proto-file:"u8;

    private static ReadOnlySpan<byte> MessageKey => "proto-message:"u8;

    /// <summary>Reads the comments before the first line that is neither blank nor a comment.</summary>
    public static SchemaHeader Read(SourceText text)
    {
        string? file = null;
        string? message = null;
        ReadOnlySpan<byte> rest = text.Bytes[text.ByteOrderMark.End..];
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? rest : rest[..end]).Trim(" \t\r"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.IsEmpty) continue;
            if (line[0] != '#') break;
            line = line.TrimStart("# \t"u8);
            file ??= ValueOf(line, FileKey);
            message ??= ValueOf(line, MessageKey);
        }
        return new(file, message);
    }

    private static string? ValueOf(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key) =>
        line.StartsWith(key) && line[key.Length..].Trim(" \t"u8) is { IsEmpty: false } value ? Encoding.UTF8.GetString(value) : null;
}
