using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace VPythonTools.SpecLang.Binding;

/// <summary>Writes a message of any type in the JSON form of protocol buffers, with two blanks of indentation.</summary>
public sealed class MessageJsonWriter
{
    /// <summary>The types with a JSON form of their own; protobuf's own code writes them.</summary>
    private static readonly Dictionary<string, MessageParser> WellKnown = new(StringComparer.Ordinal)
    {
        [Any.Descriptor.FullName] = Any.Parser,
        [Timestamp.Descriptor.FullName] = Timestamp.Parser,
        [Duration.Descriptor.FullName] = Duration.Parser,
        [FieldMask.Descriptor.FullName] = FieldMask.Parser,
        [Struct.Descriptor.FullName] = Struct.Parser,
        [Value.Descriptor.FullName] = Value.Parser,
        [ListValue.Descriptor.FullName] = ListValue.Parser,
        [DoubleValue.Descriptor.FullName] = DoubleValue.Parser,
        [FloatValue.Descriptor.FullName] = FloatValue.Parser,
        [Int64Value.Descriptor.FullName] = Int64Value.Parser,
        [UInt64Value.Descriptor.FullName] = UInt64Value.Parser,
        [Int32Value.Descriptor.FullName] = Int32Value.Parser,
        [UInt32Value.Descriptor.FullName] = UInt32Value.Parser,
        [BoolValue.Descriptor.FullName] = BoolValue.Parser,
        [StringValue.Descriptor.FullName] = StringValue.Parser,
        [BytesValue.Descriptor.FullName] = BytesValue.Parser,
    };

    private readonly Utf8JsonWriter _json;

    private MessageJsonWriter(Utf8JsonWriter json) => _json = json;

    /// <summary>Writes a message.</summary>
    /// <param name="message">A message that was read without an error.</param>
    /// <param name="json">The JSON, without a line break at its end.</param>
    /// <param name="error">Why there is none: a value that JSON has no form for, such as a time outside of the years 1 to 9999.</param>
    public static bool TryWrite(BoundTree message, [NotNullWhen(true)] out string? json, [NotNullWhen(false)] out string? error)
    {
        using var bytes = new MemoryStream();
        try
        {
            // Strings are shown as they are; the output is no part of a web page.
            using (var writer = new Utf8JsonWriter(bytes, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 4 * Syntax.SyntaxTree.MaxDepth }))
            {
                new MessageJsonWriter(writer).WriteMessage(MessageSchema.Of(message.Descriptor), message.WireBytes.Span);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidProtocolBufferException)
        {
            json = null;
            error = exception.Message;
            return false;
        }
        json = Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        error = null;
        return true;
    }

    private void WriteMessage(MessageSchema schema, ReadOnlySpan<byte> bytes)
    {
        if (WellKnown.TryGetValue(schema.Descriptor.FullName, out MessageParser? parser))
        {
            _json.WriteRawValue(JsonFormatter.Default.Format(parser.ParseFrom(bytes)));
            return;
        }
        _json.WriteStartObject();
        FieldSchema? open = null;
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (schema.FindByNumber(reader.Number) is not { } field) continue;
            if (field.IsMap && open == field) continue;
            if (open != field)
            {
                CloseList(open);
                open = field;
                _json.WritePropertyName(field.Descriptor.JsonName);
                if (field.IsMap)
                {
                    WriteMap(field, bytes);
                    continue;
                }
                if (field.IsRepeated) _json.WriteStartArray();
            }
            WriteField(field, reader);
        }
        CloseList(open);
        _json.WriteEndObject();
    }

    private void CloseList(FieldSchema? field)
    {
        if (field is { IsRepeated: true, IsMap: false }) _json.WriteEndArray();
    }

    private void WriteField(FieldSchema field, WireReader value)
    {
        if (field.IsMessage)
        {
            WriteMessage(field.Message, value.Payload);
        }
        else if (field.IsPacked)
        {
            var elements = new WireReader(value.Payload);
            while (elements.NextPacked(WireWriter.TypeOf(field.Type))) WriteScalar(field, elements);
        }
        else
        {
            WriteScalar(field, value);
        }
    }

    /// <summary>Writes the entries of a map. Of several with one key the last one counts.</summary>
    private void WriteMap(FieldSchema map, ReadOnlySpan<byte> message)
    {
        FieldSchema key = map.Message.FindByNumber(1)!;
        FieldSchema value = map.Message.FindByNumber(2)!;
        var entries = new OrderedDictionary<string, byte[]>(StringComparer.Ordinal);
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Number == map.Number) entries[KeyOf(key, reader.Payload)] = reader.Payload.ToArray();
        }
        _json.WriteStartObject();
        foreach ((string name, byte[] entry) in entries)
        {
            _json.WritePropertyName(name);
            var fields = new WireReader(entry);
            while (fields.Next())
            {
                if (fields.Number == value.Number) WriteField(value, fields);
            }
        }
        _json.WriteEndObject();
    }

    private static string KeyOf(FieldSchema key, ReadOnlySpan<byte> entry)
    {
        var reader = new WireReader(entry);
        reader.Next();
        return key.Type switch
        {
            FieldType.String => Encoding.UTF8.GetString(reader.Payload),
            FieldType.Bool => reader.Bits != 0 ? "true" : "false",
            _ => ScalarValue.ToText(key.Type, reader.Bits),
        };
    }

    private void WriteScalar(FieldSchema field, WireReader value)
    {
        switch (field.Type)
        {
            case FieldType.String:
                _json.WriteStringValue(Encoding.UTF8.GetString(value.Payload));
                break;
            case FieldType.Bytes:
                _json.WriteBase64StringValue(value.Payload);
                break;
            case FieldType.Bool:
                _json.WriteBooleanValue(value.Bits != 0);
                break;
            case FieldType.Enum:
                WriteEnum(field.Descriptor.EnumType, (int)value.Bits);
                break;
            case FieldType.Double or FieldType.Float:
                WriteNumber(field.Type, ScalarValue.ToDouble(field.Type, value.Bits));
                break;
            case var type when ScalarValue.Is64Bit(type):
                _json.WriteStringValue(ScalarValue.ToText(type, value.Bits));
                break;
            default:
                _json.WriteRawValue(ScalarValue.ToText(field.Type, value.Bits));
                break;
        }
    }

    private void WriteEnum(EnumDescriptor type, int number)
    {
        if (type.FullName == "google.protobuf.NullValue") _json.WriteNullValue();
        else if (type.FindValueByNumber(number) is { } known) _json.WriteStringValue(known.Name);
        else _json.WriteNumberValue(number);
    }

    private void WriteNumber(FieldType type, double value)
    {
        switch (value)
        {
            case double.PositiveInfinity:
                _json.WriteStringValue("Infinity");
                break;
            case double.NegativeInfinity:
                _json.WriteStringValue("-Infinity");
                break;
            case double.NaN:
                _json.WriteStringValue("NaN");
                break;
            default:
                if (type == FieldType.Float) _json.WriteNumberValue((float)value);
                else _json.WriteNumberValue(value);
                break;
        }
    }
}
