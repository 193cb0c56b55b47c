using System.Buffers;
using System.Globalization;
using System.Text;
using Google.Protobuf.Reflection;

namespace VPythonTools.SpecLang.Binding;

/// <summary>Writes a message in text format, in the canonical style: <c>field: &lt;</c>, two blanks of indentation, one field a line, in the order of field numbers.</summary>
public sealed class MessageTextWriter
{
    private readonly StringBuilder _text = new();

    private MessageTextWriter()
    {
    }

    /// <summary>The text of a message; reading it gives the same bytes again.</summary>
    /// <param name="message">A message that was read without an error.</param>
    public static string Write(BoundTree message)
    {
        var writer = new MessageTextWriter();
        writer.WriteFields(MessageSchema.Of(message.Descriptor), message.WireBytes.Span, 0);
        return writer._text.ToString();
    }

    private void WriteFields(MessageSchema schema, ReadOnlySpan<byte> bytes, int depth)
    {
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (schema.FindByNumber(reader.Number) is not { } field) continue;
            if (field.IsMessage)
            {
                StartField(field, depth);
                _text.Append(reader.Payload.IsEmpty ? "<" : "<\n");
                WriteFields(field.Message, reader.Payload, depth + 1);
                if (!reader.Payload.IsEmpty) _text.Append(' ', 2 * depth);
                _text.Append(">\n");
            }
            else if (field.IsPacked)
            {
                var elements = new WireReader(reader.Payload);
                while (elements.NextPacked(WireWriter.TypeOf(field.Type))) WriteScalar(field, elements, depth);
            }
            else
            {
                WriteScalar(field, reader, depth);
            }
        }
    }

    private void WriteScalar(FieldSchema field, WireReader value, int depth)
    {
        StartField(field, depth);
        switch (field.Type)
        {
            case FieldType.String or FieldType.Bytes:
                WriteString(value.Payload, field.Type == FieldType.String);
                break;
            case FieldType.Bool:
                _text.Append(value.Bits != 0 ? "true" : "false");
                break;
            case FieldType.Enum:
                _text.Append(field.Descriptor.EnumType.FindValueByNumber((int)value.Bits)?.Name ?? ((int)value.Bits).ToString(CultureInfo.InvariantCulture));
                break;
            case FieldType.Double or FieldType.Float:
                _text.Append(Number(field.Type, ScalarValue.ToDouble(field.Type, value.Bits)));
                break;
            default:
                _text.Append(ScalarValue.ToText(field.Type, value.Bits));
                break;
        }
        _text.Append('\n');
    }

    private void StartField(FieldSchema field, int depth) => _text.Append(' ', 2 * depth).Append(field.TextName).Append(": ");

    private static string Number(FieldType type, double value) => value switch
    {
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        double.NaN => double.IsNegative(value) ? "-nan" : "nan",
        _ => (type == FieldType.Float ? ((float)value).ToString("R", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture)).Replace("E", "e", StringComparison.Ordinal),
    };

    private void WriteString(ReadOnlySpan<byte> value, bool isText)
    {
        _text.Append('"');
        while (!value.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(value, out Rune rune, out int length);
            bool isShown = status == OperationStatus.Done && (rune.IsAscii ? rune.Value is >= ' ' and not 0x7F : isText);
            switch ((char)value[0])
            {
                case '"' or '\\':
                    _text.Append('\\').Append((char)value[0]);
                    break;
                case '\n':
                    _text.Append("\\n");
                    break;
                case '\r':
                    _text.Append("\\r");
                    break;
                case '\t':
                    _text.Append("\\t");
                    break;
                case var _ when isShown:
                    _text.Append(rune);
                    break;
                default:
                    // Three octal digits: the only form that every reader of text format takes the same way.
                    foreach (byte part in value[..length]) _text.Append('\\').Append(Convert.ToString(part, 8).PadLeft(3, '0'));
                    break;
            }
            value = value[length..];
        }
        _text.Append('"');
    }
}
