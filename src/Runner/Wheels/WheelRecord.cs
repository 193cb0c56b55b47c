using System.Collections.Immutable;
using System.Text;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// The content of a <c>RECORD</c> file: the files of a distribution with hashes and sizes, as comma-separated values
/// (packaging.python.org, "Recording installed projects"; PEP 376, PEP 627).
/// </summary>
/// <param name="Rows">The rows in their order; every path occurs once.</param>
public sealed record WheelRecord(ImmutableArray<WheelRecordRow> Rows)
{
    /// <summary>Reads a RECORD. Paths are taken as they are; a path that occurs twice with the same hash is taken once.</summary>
    /// <exception cref="InvalidDataException">It is not UTF-8, a row has not three fields, a quote is not closed, or a path has two
    /// hashes.</exception>
    public static WheelRecord Parse(ReadOnlySpan<byte> bytes)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException("RECORD is not UTF-8", exception);
        }
        var rows = ImmutableArray.CreateBuilder<WheelRecordRow>();
        var seen = new Dictionary<string, WheelRecordRow>(StringComparer.Ordinal);
        int position = 0;
        for (int line = 1; position < text.Length; line++)
        {
            List<string> fields = ReadRow(text, ref position, line);
            if (fields is [""]) continue;
            if (fields.Count != 3) throw new InvalidDataException($"line {line} of RECORD has {fields.Count} fields; path, hash and size are 3");
            var row = new WheelRecordRow(fields[0], fields[1], fields[2]);
            if (!seen.TryAdd(row.Path, row))
            {
                if (seen[row.Path] == row) continue;
                throw new InvalidDataException($"RECORD lists '{row.Path}' twice and differently");
            }
            rows.Add(row);
        }
        return new(rows.DrainToImmutable());
    }

    /// <summary>The file's bytes, rows sorted by path, as pip writes them: quotes where needed, lines ended by CR LF.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        foreach (WheelRecordRow row in Rows.OrderBy(row => row.Path, StringComparer.Ordinal))
        {
            AppendField(text, row.Path).Append(',');
            AppendField(text, row.Hash).Append(',');
            AppendField(text, row.Size).Append("\r\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static List<string> ReadRow(string text, ref int position, int line)
    {
        var fields = new List<string>(3);
        while (true)
        {
            fields.Add(position < text.Length && text[position] == '"' ? ReadQuoted(text, ref position, line) : ReadPlain(text, ref position));
            if (position == text.Length) return fields;
            char end = text[position++];
            if (end == ',') continue;
            if (end == '\r' && position < text.Length && text[position] == '\n') position++;
            else if (end is not ('\r' or '\n')) throw new InvalidDataException($"line {line} of RECORD has text behind a closing quote");
            return fields;
        }
    }

    private static string ReadPlain(string text, ref int position)
    {
        int length = text.AsSpan(position).IndexOfAny(",\r\n");
        int start = position;
        position = length < 0 ? text.Length : position + length;
        return text[start..position];
    }

    private static string ReadQuoted(string text, ref int position, int line)
    {
        var field = new StringBuilder();
        while (true)
        {
            int start = position + 1;
            int quote = text.IndexOf('"', start);
            if (quote < 0) throw new InvalidDataException($"line {line} of RECORD has a quote that is not closed");
            field.Append(text, start, quote - start);
            position = quote + 1;
            if (position == text.Length || text[position] != '"') return field.ToString();
            field.Append('"');
        }
    }

    private static StringBuilder AppendField(StringBuilder text, string field) =>
        field.AsSpan().ContainsAny(",\"\r\n")
            ? text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"')
            : text.Append(field);
}
