using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Binding;

/// <summary>
/// Reads syntax as a message of any type, by the type's descriptor. Values are written in protobuf's binary form, in the order that protoc
/// writes it, so that the generated parser can read them: nothing here, or there, needs reflection.
/// </summary>
public sealed class MessageBinder
{
    /// <summary>How many names are compared with misspelt ones in one text: nobody reads the suggestions of a text that has thousands of mistakes.</summary>
    private const int MostComparedNames = 100_000;

    private readonly SyntaxTree _tree;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<SyntaxNode> _refused = [];
    private readonly ByteBuffer _wire;
    private readonly ByteBuffer _scratch = new(64);
    private readonly List<Record> _records = [];
    private FieldSyntax?[] _seen = new FieldSyntax?[64];
    private int _seenEnd;
    private int _comparedNames;

    private MessageBinder(SyntaxTree tree)
    {
        _tree = tree;
        _wire = new(tree.Document.Region?.Span.Length ?? 0);
    }

    /// <summary>Reads a tree as a message of the type. Never fails; what does not fit is left out and reported.</summary>
    public static BoundTree Bind(SyntaxTree tree, MessageDescriptor descriptor)
    {
        var binder = new MessageBinder(tree);
        binder.BindMessage(tree.Root, MessageSchema.Of(descriptor));
        return new(
            tree,
            new(tree.Root, descriptor, binder._refused),
            binder._wire.WrittenMemory,
            [.. binder._diagnostics.OrderBy(static diagnostic => diagnostic.Span)]);
    }

    private void BindMessage(MessageSyntax syntax, MessageSchema schema)
    {
        int firstRecord = _records.Count;
        int start = _wire.Length;
        int seen = PushSeen(schema.SlotCount);
        foreach (FieldSyntax fieldSyntax in syntax.Fields) BindField(fieldSyntax, schema, seen);
        foreach (FieldSchema required in schema.Required)
        {
            if (_seen[seen + required.Index] is null) Report(SchemaDiagnostics.MissingRequired, syntax.IsRoot ? new(syntax.Span.Start, 0) : _tree.Tokens[syntax.FirstToken].Span, schema.Descriptor.FullName, required.TextName);
        }
        if (schema.Descriptor.IsMapEntry) AddMissingOfEntry(schema, seen);
        _seenEnd = seen;
        PutInOrder(start, firstRecord);
    }

    /// <summary>Room to note, for each field and choice of a message, where it is set first. Messages inside it get theirs behind.</summary>
    private int PushSeen(int slots)
    {
        int start = _seenEnd;
        _seenEnd += slots;
        if (_seen.Length < _seenEnd) Array.Resize(ref _seen, Math.Max(_seenEnd, _seen.Length * 2));
        _seen.AsSpan(start, slots).Clear();
        return start;
    }

    /// <summary>A map entry has a key and a value in binary form, also when the text leaves one out.</summary>
    private void AddMissingOfEntry(MessageSchema schema, int seen)
    {
        foreach (FieldSchema field in schema.Fields)
        {
            if (_seen[seen + field.Index] is not null) continue;
            int start = _wire.Length;
            _wire.AppendTag(field.Number, field.IsMessage ? WireWriter.LengthType : WireWriter.TypeOf(field.Type));
            switch (WireWriter.TypeOf(field.Type))
            {
                case WireWriter.Fixed32Type:
                    _wire.AppendFixed32(0);
                    break;
                case WireWriter.Fixed64Type:
                    _wire.AppendFixed64(0);
                    break;
                default:
                    _wire.AppendVarint(field.Type == FieldType.Enum ? (ulong)(long)field.Descriptor.EnumType.Values[0].Number : 0);
                    break;
            }
            _records.Add(new(field, start, _wire.Length));
        }
    }

    private void BindField(FieldSyntax syntax, MessageSchema schema, int seen)
    {
        if (syntax.IsBracketed)
        {
            Report(SchemaDiagnostics.BracketedName, syntax.NameSpan, schema.Descriptor.FullName);
            return;
        }
        ReadOnlySpan<byte> name = _tree.Text.Slice(syntax.NameSpan);
        if (schema.Find(name) is not { } field)
        {
            ReportUnknown(syntax, schema);
            return;
        }
        if (!field.IsRepeated && !MaySet(syntax, field, schema, seen))
        {
            _refused.Add(syntax);
            return;
        }
        switch (syntax.Value)
        {
            case null:
                _refused.Add(syntax);
                NoteSet(syntax, field, seen);
                return;
            case ListSyntax list:
                BindList(syntax, list, field, seen);
                return;
            default:
                if (BindValue(syntax.Value, field)) NoteSet(syntax, field, seen);
                return;
        }
    }

    private void BindList(FieldSyntax syntax, ListSyntax list, FieldSchema field, int seen)
    {
        if (!field.IsRepeated)
        {
            Report(SchemaDiagnostics.ListForOneValue, list.Span, field.TextName);
            _refused.Add(syntax);
            return;
        }
        if (!field.IsMessage && !syntax.HasColon) Report(SchemaDiagnostics.MissingColonBeforeList, syntax.NameSpan, field.TextName);
        _seen[seen + field.Index] ??= syntax;
        foreach (ValueSyntax element in list.Elements)
        {
            if (element is not ListSyntax nested)
            {
                BindValue(element, field);
                continue;
            }
            if (nested.IsClosed) Report(SyntaxDiagnostics.NestedList, _tree.Tokens[nested.FirstToken].Span);
            _refused.Add(nested);
        }
    }

    /// <summary>Whether a field that is set once may be set here: neither it nor another one of its choice is set yet.</summary>
    private bool MaySet(FieldSyntax syntax, FieldSchema field, MessageSchema schema, int seen)
    {
        if (_seen[seen + field.Index] is { } first)
        {
            // The two sides of a merge conflict set it once each, and the conflict is said.
            if (!IsConflictBetween(first, syntax)) Report(SchemaDiagnostics.SetTwice, syntax.NameSpan, field.TextName, _tree.Text.GetLine(first.Span.Start) + 1);
            return false;
        }
        if (field.Oneof is null || _seen[seen + field.OneofSlot] is not { } other) return true;
        Report(SchemaDiagnostics.OneofSetTwice, syntax.NameSpan, field.Oneof.Name, schema.Find(_tree.Text.Slice(other.NameSpan))!.TextName, field.TextName);
        return false;
    }

    private void NoteSet(FieldSyntax syntax, FieldSchema field, int seen)
    {
        _seen[seen + field.Index] ??= syntax;
        if (field.Oneof is not null) _seen[seen + field.OneofSlot] ??= syntax;
    }

    private bool IsConflictBetween(FieldSyntax first, FieldSyntax second)
    {
        int marker = _tree.ConflictMarkers.AsSpan().BinarySearch(new TextSpan(first.Span.End, 0));
        if (marker < 0) marker = ~marker;
        return marker < _tree.ConflictMarkers.Length && _tree.ConflictMarkers[marker].Start < second.Span.Start;
    }

    /// <summary>Writes a value.</summary>
    /// <returns>Whether the field is now set; a value that equals the default of a field without presence does not set it.</returns>
    private bool BindValue(ValueSyntax syntax, FieldSchema field)
    {
        int start = _wire.Length;
        if (field.IsMessage)
        {
            if (syntax is not MessageSyntax message) return Refuse(syntax, field);
            BindMessageValue(message, field);
        }
        else
        {
            if (syntax is not ScalarSyntax scalar) return Refuse(syntax, field);
            if (!field.IsPacked) _wire.AppendTag(field.Number, WireWriter.TypeOf(field.Type));
            if (!BindScalar(scalar, field, out bool isDefault))
            {
                _wire.Truncate(start);
                _refused.Add(syntax);
                return true;
            }
            if (isDefault && !field.IsRepeated && !field.HasPresence)
            {
                _wire.Truncate(start);
                return false;
            }
        }
        _records.Add(new(field, start, _wire.Length));
        return true;
    }

    private void BindMessageValue(MessageSyntax message, FieldSchema field)
    {
        if (field.Type == FieldType.Group)
        {
            _wire.AppendTag(field.Number, WireWriter.StartGroupType);
            BindMessage(message, field.Message);
            _wire.AppendTag(field.Number, WireWriter.EndGroupType);
            return;
        }
        _wire.AppendTag(field.Number, WireWriter.LengthType);
        _wire.Append(0);
        int start = _wire.Length;
        BindMessage(message, field.Message);
        _wire.PutLengthBefore(start);
    }

    private bool BindScalar(ScalarSyntax syntax, FieldSchema field, out bool isDefault)
    {
        isDefault = false;
        SyntaxToken token = syntax.ValueToken;
        if (token.Fault is not TokenFault.None and not TokenFault.UnterminatedString) return false;
        // Text without quotes is reported already, whatever the field takes.
        if (!syntax.IsString && syntax.TokenEnd - syntax.FirstToken > (syntax.IsNegative ? 2 : 1)) return false;
        ReadOnlySpan<byte> text = _tree.Text.Slice(token.Span);
        // So is a minus sign before a word that is no number.
        if (syntax.IsNegative && token.Kind == SyntaxKind.Identifier && !ScalarText.TryReadSpecialDouble(text, out _)) return false;
        switch (field.Type)
        {
            case FieldType.String or FieldType.Bytes:
                return BindString(syntax, field, out isDefault);
            case FieldType.Bool:
                if (syntax.IsNegative || token.Kind is not (SyntaxKind.Identifier or SyntaxKind.IntegerLiteral) || !ScalarText.TryReadBoolean(token.Kind, text, out bool boolean))
                    return RefuseScalar(syntax, field);
                isDefault = !boolean;
                _wire.Append(boolean ? (byte)1 : (byte)0);
                return true;
            case FieldType.Enum:
                return BindEnum(syntax, field, token, text, out isDefault);
            case FieldType.Double or FieldType.Float:
                return BindFloat(syntax, field, token, text, out isDefault);
            default:
                return BindInteger(syntax, field, token, text, out isDefault);
        }
    }

    private bool BindString(ScalarSyntax syntax, FieldSchema field, out bool isDefault)
    {
        isDefault = false;
        if (!syntax.IsString) return RefuseScalar(syntax, field);
        _wire.Append(0);
        int start = _wire.Length;
        foreach (SyntaxToken part in syntax.Tokens) StringValue.Append(_tree.Document, part, _wire);
        ReadOnlySpan<byte> value = _wire.Written[start..];
        if (field.MustBeUtf8 && !Utf8.IsValid(value))
        {
            Report(SchemaDiagnostics.NotUtf8, syntax.Span, field.TextName, FirstInvalidByte(value));
            return false;
        }
        isDefault = value.IsEmpty;
        _wire.PutLengthBefore(start);
        return true;
    }

    private bool BindEnum(ScalarSyntax syntax, FieldSchema field, SyntaxToken token, ReadOnlySpan<byte> text, out bool isDefault)
    {
        isDefault = false;
        EnumDescriptor type = field.Descriptor.EnumType;
        int number;
        if (token.Kind == SyntaxKind.Identifier && !syntax.IsNegative)
        {
            string name = Encoding.ASCII.GetString(text);
            if (type.FindValueByName(name) is not { } value)
            {
                Report(SchemaDiagnostics.UnknownEnumValue, syntax.Span, type.FullName, $"'{name}'", Suggest(name, [.. type.Values.Select(static value => value.Name)]));
                return false;
            }
            number = value.Number;
        }
        else
        {
            if (token.Kind != SyntaxKind.IntegerLiteral) return RefuseScalar(syntax, field);
            if (!TryReadSigned(syntax, token, text, int.MaxValue, out long signed)) return RefuseRange(syntax, field, int.MinValue, int.MaxValue);
            number = (int)signed;
            if (field.IsClosedEnum && type.FindValueByNumber(number) is null)
            {
                Report(SchemaDiagnostics.UnknownEnumValue, syntax.Span, type.FullName, number, "Its values are " + string.Join(", ", type.Values.Select(static value => value.Name)) + ".");
                return false;
            }
        }
        isDefault = number == 0;
        _wire.AppendVarint((ulong)(long)number);
        return true;
    }

    private bool BindFloat(ScalarSyntax syntax, FieldSchema field, SyntaxToken token, ReadOnlySpan<byte> text, out bool isDefault)
    {
        isDefault = false;
        double value;
        switch (token.Kind)
        {
            case SyntaxKind.IntegerLiteral when ScalarText.IsDecimal(text):
                value = ScalarText.TryReadInteger(text, out ulong integer) ? integer : ScalarText.ReadDouble(text);
                break;
            case SyntaxKind.FloatLiteral:
                value = ScalarText.ReadDouble(text);
                break;
            case SyntaxKind.Identifier when ScalarText.TryReadSpecialDouble(text, out value):
                break;
            default:
                return RefuseScalar(syntax, field);
        }
        if (syntax.IsNegative) value = -value;
        if (field.Type == FieldType.Float)
        {
            uint bits = BitConverter.SingleToUInt32Bits(ScalarText.Narrow(value));
            isDefault = bits == 0;
            _wire.AppendFixed32(bits);
        }
        else
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(value);
            isDefault = bits == 0;
            _wire.AppendFixed64(bits);
        }
        return true;
    }

    private bool BindInteger(ScalarSyntax syntax, FieldSchema field, SyntaxToken token, ReadOnlySpan<byte> text, out bool isDefault)
    {
        isDefault = false;
        if (token.Kind != SyntaxKind.IntegerLiteral) return RefuseScalar(syntax, field);
        bool is64 = field.Type is FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 or FieldType.UInt64 or FieldType.Fixed64;
        if (field.Type is FieldType.UInt32 or FieldType.UInt64 or FieldType.Fixed32 or FieldType.Fixed64)
        {
            ulong most = is64 ? ulong.MaxValue : uint.MaxValue;
            if (syntax.IsNegative || !ScalarText.TryReadInteger(text, out ulong unsigned) || unsigned > most) return RefuseRange(syntax, field, 0, most);
            isDefault = unsigned == 0;
            if (field.Type == FieldType.Fixed32) _wire.AppendFixed32((uint)unsigned);
            else if (field.Type == FieldType.Fixed64) _wire.AppendFixed64(unsigned);
            else _wire.AppendVarint(unsigned);
            return true;
        }
        long largest = is64 ? long.MaxValue : int.MaxValue;
        if (!TryReadSigned(syntax, token, text, largest, out long value)) return RefuseRange(syntax, field, is64 ? long.MinValue : int.MinValue, largest);
        isDefault = value == 0;
        switch (field.Type)
        {
            case FieldType.SInt32 or FieldType.SInt64:
                _wire.AppendVarint((ulong)(value << 1 ^ value >> 63));
                break;
            case FieldType.SFixed32:
                _wire.AppendFixed32((uint)value);
                break;
            case FieldType.SFixed64:
                _wire.AppendFixed64((ulong)value);
                break;
            default:
                _wire.AppendVarint((ulong)value);
                break;
        }
        return true;
    }

    private static bool TryReadSigned(ScalarSyntax syntax, SyntaxToken token, ReadOnlySpan<byte> text, long largest, out long value)
    {
        value = 0;
        if (!ScalarText.TryReadInteger(text, out ulong magnitude)) return false;
        if (magnitude > (ulong)largest + (syntax.IsNegative ? 1u : 0u)) return false;
        value = syntax.IsNegative ? (long)(0 - magnitude) : (long)magnitude;
        return true;
    }

    /// <summary>
    /// Puts what was written of one message into the order of field numbers, as protoc writes it; elements of one field keep their order. Most texts
    /// have that order already. Packed fields get their elements together behind one tag, map entries the order of their keys.
    /// </summary>
    private void PutInOrder(int start, int firstRecord)
    {
        Span<Record> records = CollectionsMarshal.AsSpan(_records)[firstRecord..];
        bool isInOrder = true;
        for (int i = 0; i < records.Length && isInOrder; i++)
            isInOrder = !records[i].Field.IsPacked && !records[i].Field.IsMap && (i == 0 || records[i].Field.Number >= records[i - 1].Field.Number);
        if (!isInOrder) Rewrite(start, records);
        _records.RemoveRange(firstRecord, records.Length);
    }

    private void Rewrite(int start, Span<Record> records)
    {
        records.Sort(static (left, right) => left.Field.Number != right.Field.Number ? left.Field.Number.CompareTo(right.Field.Number) : left.Start.CompareTo(right.Start));
        _scratch.Truncate(0);
        for (int i = 0; i < records.Length;)
        {
            FieldSchema field = records[i].Field;
            int end = i + 1;
            while (end < records.Length && records[end].Field == field) end++;
            if (field.IsMap) SortByKey(records[i..end], field);
            if (field.IsPacked)
            {
                int length = 0;
                foreach (Record record in records[i..end]) length += record.End - record.Start;
                _scratch.AppendTag(field.Number, WireWriter.LengthType);
                _scratch.AppendVarint((uint)length);
            }
            foreach (Record record in records[i..end]) _scratch.Append(_wire.Written[record.Start..record.End]);
            i = end;
        }
        _wire.Truncate(start);
        _wire.Append(_scratch.Written);
    }

    /// <summary>Puts the entries of a map in the order of their keys. Entries of equal keys keep their order, and readers take the last one.</summary>
    private void SortByKey(Span<Record> records, FieldSchema map)
    {
        FieldType keyType = map.Message.Fields[0].Type;
        var entries = new List<(MapKey Key, Record Record)>(records.Length);
        foreach (Record record in records) entries.Add((MapKey.Read(_wire.Written[record.Start..record.End], keyType), record));
        int i = 0;
        foreach ((_, Record record) in entries.OrderBy(static entry => entry.Key)) records[i++] = record;
    }

    private bool Refuse(ValueSyntax syntax, FieldSchema field)
    {
        _refused.Add(syntax);
        RefuseScalar(syntax, field);
        return true;
    }

    private bool RefuseScalar(ValueSyntax syntax, FieldSchema field)
    {
        Report(SchemaDiagnostics.WrongKind, syntax is MessageSyntax ? _tree.Tokens[syntax.FirstToken].Span : syntax.Span, field.TextName, Expected(field), Found(syntax));
        return false;
    }

    private bool RefuseRange(ScalarSyntax syntax, FieldSchema field, Int128 least, Int128 most)
    {
        Report(SchemaDiagnostics.OutOfRange, syntax.Span, _tree.Text.ToString(syntax.Span), field.TextName, least, most);
        return false;
    }

    private void ReportUnknown(FieldSyntax syntax, MessageSchema schema)
    {
        // What is no field at all is reported as such already, and so is a message without end, in which any field may have come by that.
        if (syntax.Value is null or MessageSyntax { IsClosed: false } || syntax.NameToken.Kind != SyntaxKind.Identifier) return;
        if (syntax.Message is { IsRoot: false, IsClosed: false }) return;
        string name = syntax.Name;
        if (schema.ReservedNames.Contains(name))
        {
            CheckWithoutEffect(syntax);
            Report(SchemaDiagnostics.ReservedField, syntax.NameSpan, schema.Descriptor.FullName, name);
            return;
        }
        Report(SchemaDiagnostics.UnknownField, syntax.NameSpan, schema.Descriptor.FullName, name, Suggest(name, schema.TextNames));
    }

    /// <summary>Even a value without effect must be one: what it is made of is judged as far as that goes without a schema.</summary>
    private void CheckWithoutEffect(FieldSyntax field)
    {
        if (field.Value is ListSyntax && !field.HasColon) Report(SchemaDiagnostics.MissingColonBeforeList, field.NameSpan, field.Name);
        foreach (ValueSyntax value in field.Values) CheckWithoutEffect(value);
    }

    private void CheckWithoutEffect(ValueSyntax value)
    {
        switch (value)
        {
            case MessageSyntax message:
                foreach (FieldSyntax field in message.Fields) CheckWithoutEffect(field);
                break;
            case ListSyntax list:
                foreach (ValueSyntax element in list.Elements) CheckWithoutEffect(element);
                break;
        }
    }

    private string Suggest(string name, string[] names)
    {
        bool mayCompare = _comparedNames < MostComparedNames;
        if (mayCompare) _comparedNames += names.Length;
        return mayCompare && NameSuggestion.Nearest(name, names) is { } nearest ? $"Did you mean '{nearest}'?"
            : names.Length is > 0 and <= 12 ? $"There are {string.Join(", ", names)}." : "";
    }

    private static string Expected(FieldSchema field) => field.Type switch
    {
        FieldType.Message or FieldType.Group => "a message in '<' and '>'",
        FieldType.String or FieldType.Bytes => "a string in quotes",
        FieldType.Bool => "true or false",
        FieldType.Enum => $"a value of {field.Descriptor.EnumType.FullName}",
        FieldType.Double or FieldType.Float => "a number",
        _ => "an integer",
    };

    private static string Found(ValueSyntax syntax) => syntax switch
    {
        MessageSyntax => "a message",
        ListSyntax => "a list",
        ScalarSyntax { IsString: true } => "a string",
        ScalarSyntax { ValueToken.Kind: SyntaxKind.Identifier } => "a word",
        _ => "a number",
    };

    private static byte FirstInvalidByte(ReadOnlySpan<byte> value)
    {
        while (true)
        {
            if (Rune.DecodeFromUtf8(value, out _, out int length) != OperationStatus.Done) return value[0];
            value = value[length..];
        }
    }

    private void Report(DiagnosticDescriptor descriptor, TextSpan span, params ReadOnlySpan<object?> arguments) =>
        _diagnostics.Add(Diagnostic.Create(descriptor, span, arguments));

    /// <summary>What was written for one value.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Start">The offset of its first byte: the tag, or the value itself in a packed field.</param>
    /// <param name="End">The offset just behind its last byte.</param>
    private readonly record struct Record(FieldSchema Field, int Start, int End);
}
