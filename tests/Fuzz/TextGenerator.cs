using System.Globalization;
using System.Text;
using Google.Protobuf.Reflection;

namespace VPythonTools.Fuzz;

/// <summary>Texts for a message type: mostly right, in every form that the text format has, with a mistake here and there.</summary>
public sealed class TextGenerator(Random random)
{
    private static readonly string[] Gaps = ["", "", "", "", " ", " ", " ", "\n", "  ", "\t", "\r\n", "\v", "\f", "\r", " # a comment\n", "#\n", "# \" < {\n"];

    private static readonly string[] Integers =
    [
        "0", "1", "7", "42", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615",
        "18446744073709551616", "0x0", "0x7f", "0XFF", "0xffffffffffffffff", "0x10000000000000000", "00", "017", "0777", "01777777777777777777777", "02000000000000000000000", "08", "0x", "99999999999999999999999",
    ];

    private static readonly string[] Floats =
    [
        "1.5", "0.0", ".5", "5.", "1e3", "1E-3", "1.5e+10", "1f", "1.5F", "1e5f", "0f", "1e400", "1e-400", "3.4028236e38", "3.4028235677973366e38", "1.1754943508222875e-38", "inf", "infinity", "INF", "Infinity", "nan", "NaN",
        "inff", "nanf", "1e", "1.5.5", "0x1p3", "1_000", "0.1", "16777217", "1e-46", "0.30000000000000004", "123456789012345678901234567890", ".5f", "1.e3",
    ];

    private static readonly string[] Words = ["true", "false", "True", "False", "t", "f", "TRUE", "yes", "NONE", "ONE", "MINUS", "BIG", "THREE", "FOUR", "ZERO", "NEGATIVE", "one", "x"];

    private static readonly string[] StringParts =
    [
        "abc", "a b", "\\n", "\\t", "\\a\\b\\f\\r\\v", "\\\\", "\\'", "\\\"", "\\?", "\\0", "\\1", "\\12", "\\101", "\\377", "\\400", "\\777", "\\x4", "\\x41", "\\X41", "\\xff", "\\u0041", "\\u00e9",
        "\\U0001F600", "\\U0010FFFF", "\\U00110000", "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\u12", "\\x", "\\q", "é", "\u4E2D", "\U0001F600", "#", "<", ">", "\\8", "\\e", "\r", "\\",
    ];

    private static readonly string[] NameParts = ["a", "a", "b.c", "x.com", "d1", "_", ".", "/", "/", "-", "+", "~", "%20", "%2f", "%2", "%", "1", "1.5.5", "08", " ", "\n", "#\n", ",", ";", "=", "(", "@", ":", "'"];

    /// <summary>A text for a message of this type.</summary>
    public byte[] Generate(MessageDescriptor type)
    {
        var text = new StringBuilder();
        AppendFields(text, type, 0);
        AppendGap(text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private void AppendFields(StringBuilder text, MessageDescriptor type, int depth)
    {
        IList<FieldDescriptor> fields = type.Fields.InDeclarationOrder();
        var used = new HashSet<object>();
        int count = random.Next(depth == 0 ? 1 : 0, depth == 0 ? 6 : 4);
        for (int i = 0; i < count; i++)
        {
            if (OneIn(400))
            {
                AppendOddity(text);
                continue;
            }
            if (OneIn(40) && type.ToProto().ReservedName is [var reserved, ..])
            {
                AppendReservedField(text, reserved);
                continue;
            }
            FieldDescriptor field = fields[random.Next(fields.Count)];
            if (depth > 4 && field.FieldType is FieldType.Message or FieldType.Group) continue;
            // A field set twice is a mistake worth trying, but not the rule.
            object key = field.RealContainingOneof ?? (object)field;
            if (!field.IsRepeated && !used.Add(key) && !OneIn(60)) continue;
            AppendField(text, field, depth);
        }
    }

    private void AppendOddity(StringBuilder text)
    {
        string[] oddities = ["gone: 1 ", "gone < a: 1 > ", "gone: [1, 'x', {a: 1}] ", "gone [] ", "gone: -inf ", "gone: -x ", "old_name {} ", "unknown: 1 ", "[sink2.extra]: 1 ", "[a.b/c.d] {} ", "1: 2 ", "; ", ", ", "s \"x\" ", "'s': 1 ", "any { [type.googleapis.com/sink3.Sink] { i32: 1 } } "];
        text.Append(oddities[random.Next(oddities.Length)]);
    }

    /// <summary>A field of former times, whose value can be anything that any schema could mean.</summary>
    private void AppendReservedField(StringBuilder text, string name)
    {
        text.Append(name);
        AppendGap(text);
        text.Append(OneIn(10) ? "" : ":");
        AppendReservedValue(text, 0);
        text.Append(' ');
    }

    private void AppendReservedValue(StringBuilder text, int depth)
    {
        AppendGap(text);
        switch (random.Next(depth < 4 ? 4 : 1))
        {
            case 0:
                AppendAnyValue(text);
                break;
            case 1:
                text.Append('{').Append(random.Next(2) == 0 ? "x" : "").Append("x: ");
                AppendReservedValue(text, depth + 1);
                text.Append('}');
                break;
            case 2:
                text.Append("{[");
                for (int i = random.Next(6); i >= 0; i--) text.Append(NameParts[random.Next(NameParts.Length)]);
                text.Append("]: ");
                AppendReservedValue(text, depth + 1);
                text.Append('}');
                break;
            default:
                text.Append('[');
                for (int i = random.Next(3); i > 0; i--)
                {
                    AppendReservedValue(text, depth + 1);
                    AppendGap(text);
                    if (i > 1) text.Append(',');
                }
                text.Append(']');
                break;
        }
    }

    private void AppendField(StringBuilder text, FieldDescriptor field, int depth)
    {
        bool isMessage = field.FieldType is FieldType.Message or FieldType.Group;
        string name = field.FieldType == FieldType.Group && !OneIn(10) ? field.MessageType.Name : field.Name;
        text.Append(OneIn(200) ? name.ToUpperInvariant() : name);
        AppendGap(text);
        bool hasColon = isMessage ? random.Next(2) == 0 : !OneIn(300);
        if (hasColon) text.Append(':');
        AppendGap(text);
        if (field.IsRepeated ? random.Next(3) == 0 : OneIn(300))
        {
            text.Append('[');
            int count = random.Next(4);
            for (int i = 0; i < count; i++)
            {
                if (i > 0) text.Append(OneIn(150) ? ";" : ",");
                AppendGap(text);
                AppendValue(text, field, depth);
                AppendGap(text);
            }
            if (OneIn(200)) text.Append(',');
            text.Append(']');
        }
        else
        {
            AppendValue(text, field, depth);
        }
        text.Append(random.Next(6) switch { 0 => ",", 1 => ";", 2 => "\n", _ => " " });
        if (OneIn(300)) text.Append(';');
        AppendGap(text);
    }

    private void AppendValue(StringBuilder text, FieldDescriptor field, int depth)
    {
        if (OneIn(400))
        {
            AppendAnyValue(text);
            return;
        }
        switch (field.FieldType)
        {
            case FieldType.Message or FieldType.Group:
                bool angles = random.Next(2) == 0;
                text.Append(angles ? '<' : '{');
                AppendGap(text);
                AppendFields(text, field.MessageType, depth + 1);
                AppendGap(text);
                text.Append(angles ^ OneIn(200) ? '>' : '}');
                break;
            case FieldType.String or FieldType.Bytes:
                AppendStrings(text);
                break;
            case FieldType.Bool:
                text.Append(OneIn(20) ? Integers[random.Next(Integers.Length)] : Words[random.Next(6)]);
                break;
            case FieldType.Enum:
                if (OneIn(60)) AppendAnyValue(text);
                else if (OneIn(10)) text.Append(random.Next(-5, 6).ToString(CultureInfo.InvariantCulture));
                else text.Append(field.EnumType.Values[random.Next(field.EnumType.Values.Count)].Name);
                break;
            case FieldType.Float or FieldType.Double:
                AppendSign(text);
                text.Append(random.Next(4) == 0 ? PlausibleInteger() : random.Next(3) == 0 ? (random.NextDouble() * Math.Pow(10, random.Next(-40, 40))).ToString("R", CultureInfo.InvariantCulture) : Floats[random.Next(OneIn(5) ? Floats.Length : 12)]);
                break;
            default:
                if (field.FieldType is not (FieldType.UInt32 or FieldType.UInt64 or FieldType.Fixed32 or FieldType.Fixed64) || OneIn(100)) AppendSign(text);
                text.Append(PlausibleInteger());
                break;
        }
    }

    private string PlausibleInteger() => OneIn(15) ? Integers[random.Next(Integers.Length)] : random.Next(3) switch
    {
        0 => random.Next(200).ToString(CultureInfo.InvariantCulture),
        1 => "0x" + random.Next().ToString("x", CultureInfo.InvariantCulture),
        _ => random.Next().ToString(CultureInfo.InvariantCulture),
    };

    private void AppendAnyValue(StringBuilder text)
    {
        string[] values = ["1", "-1", "\"x\"", "word", "{}", "<>", "[]", "[1]", "1.5", "-inf", "-word", "[[1]]", "'a' 1", "-", ""];
        text.Append(values[random.Next(values.Length)]);
    }

    private void AppendSign(StringBuilder text)
    {
        if (random.Next(3) != 0) return;
        text.Append('-');
        if (OneIn(10)) AppendGap(text);
    }

    private void AppendStrings(StringBuilder text)
    {
        int count = OneIn(5) ? random.Next(2, 4) : 1;
        for (int i = 0; i < count; i++)
        {
            if (i > 0) AppendGap(text);
            char quote = random.Next(2) == 0 ? '"' : '\'';
            text.Append(quote);
            int parts = random.Next(4);
            for (int j = 0; j < parts; j++) text.Append(StringParts[OneIn(10) ? random.Next(StringParts.Length) : random.Next(12)]);
            text.Append(quote);
        }
    }

    private void AppendGap(StringBuilder text) => text.Append(Gaps[random.Next(Gaps.Length)]);

    private bool OneIn(int count) => random.Next(count) == 0;
}
