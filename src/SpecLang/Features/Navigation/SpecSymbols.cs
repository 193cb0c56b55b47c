using System.Collections.Immutable;
using System.Text;
using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>The outline of a spec: its fields, wheels and tags.</summary>
public static class SpecSymbols
{
    private const int LongestDetail = 120;

    /// <summary>
    /// The symbols of a spec, in the order of the text: of a standalone spec its fields; of a spec in a script one symbol from guard to guard, with the fields in it.
    /// None for a script without a spec. Unlike binding, the outline has what is refused, too, since it is there to be looked at.
    /// </summary>
    public static ImmutableArray<SpecSymbol> Of(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Region is not { } region) return [];
        MessageDescriptor? type = spec.Document.Kind == DocumentKind.TextFormat ? null : spec.Bound.Bound.Descriptor;
        ImmutableArray<SpecSymbol> fields = FieldsOf(spec.Tree.Root, type);
        if (region.BeginGuard is not { } guard) return fields;
        var whole = TextSpan.FromBounds(guard.Start, Math.Max(region.EndGuard?.End ?? region.Span.End, guard.End));
        return [new("vpython3 spec", spec.Spec.PythonVersion is { Length: > 0 } python ? OnOneLine($"Python {python}") : null, SpecSymbolKind.Spec, whole, guard, fields)];
    }

    private static ImmutableArray<SpecSymbol> FieldsOf(MessageSyntax message, MessageDescriptor? type)
    {
        var symbols = ImmutableArray.CreateBuilder<SpecSymbol>();
        foreach (FieldSyntax field in message.Fields)
        {
            if (IsNameOrVersion(field, type)) continue;
            FieldDescriptor? descriptor = field.IsBracketed || type is null ? null : MessageSchema.Of(type).Find(field.Tree.Text.Slice(field.NameSpan))?.Descriptor;
            if (field.Values is [MessageSyntax or ScalarSyntax, ..])
            {
                foreach (ValueSyntax value in field.Values) symbols.Add(SymbolOf(field, value, descriptor));
            }
            else
            {
                symbols.Add(new(NameOf(field), null, SpecSymbolKind.Field, field.Span, field.NameSpan, []));
            }
        }
        return symbols.DrainToImmutable();
    }

    /// <summary>The two fields that a wheel's symbol is named by.</summary>
    private static bool IsNameOrVersion(FieldSyntax field, MessageDescriptor? type) =>
        type == Spec.Types.Package.Descriptor && field.Tree.Text.Slice(field.NameSpan) is var name && (name.SequenceEqual("name"u8) || name.SequenceEqual("version"u8));

    private static SpecSymbol SymbolOf(FieldSyntax field, ValueSyntax value, FieldDescriptor? descriptor)
    {
        TextSpan span = value.Parent is ListSyntax ? value.Span : field.Span;
        TextSpan selection = value.Parent is ListSyntax ? new(span.Start, Math.Min(1, span.Length)) : field.NameSpan;
        string name = NameOf(field);
        if (value is not MessageSyntax message) return new(name, OnOneLine(TextOf(value)), SpecSymbolKind.Field, span, selection, []);
        MessageDescriptor? type = descriptor?.FieldType is FieldType.Message or FieldType.Group ? descriptor.MessageType : null;
        if (type == Spec.Types.Package.Descriptor) return WheelOf(message, span, selection, name);
        if (type == PEP425Tag.Descriptor) return new(name, OnOneLine(string.Join('-', message.Fields.ToArray().SelectMany(static part => part.Values.ToArray()).Select(TextOf))), SpecSymbolKind.Tag, span, selection, []);
        return new(name, null, SpecSymbolKind.Message, span, selection, FieldsOf(message, type));
    }

    private static SpecSymbol WheelOf(MessageSyntax message, TextSpan span, TextSpan selection, string field)
    {
        ScalarSyntax? name = Find(message, "name"u8);
        ScalarSyntax? version = Find(message, "version"u8);
        string text = name is null ? "" : TextOf(name);
        string shown = OnOneLine(WheelPackageName.TryParse(text, out WheelPackageName? package) ? package.Stem : text);
        string? detail = version is null ? null : OnOneLine(WheelVersion.Parse(TextOf(version)).Number);
        return new(shown.Length == 0 ? field : shown, detail, SpecSymbolKind.Wheel, span, name?.Span ?? selection, FieldsOf(message, Spec.Types.Package.Descriptor));
    }

    private static ScalarSyntax? Find(MessageSyntax message, ReadOnlySpan<byte> name)
    {
        foreach (FieldSyntax field in message.Fields)
        {
            if (field.Tree.Text.Slice(field.NameSpan).SequenceEqual(name) && field.Value is ScalarSyntax value) return value;
        }
        return null;
    }

    private static string NameOf(FieldSyntax field) => OnOneLine(field.Name) is { Length: > 0 } name ? name : "field";

    /// <summary>The value of strings, and the text of all else.</summary>
    private static string TextOf(ValueSyntax value)
    {
        if (value is not ScalarSyntax { IsString: true } scalar) return value.Tree.Text.ToString(value.Span);
        var bytes = new ByteBuffer(scalar.Span.Length);
        foreach (SyntaxToken token in scalar.Tokens)
        {
            if (token.IsString) StringValue.Append(value.Tree.Document, token, bytes);
        }
        return Encoding.UTF8.GetString(bytes.Written);
    }

    private static string OnOneLine(string text)
    {
        int length = Math.Min(text.Length, LongestDetail);
        // Half of a pair is no character.
        if (length < text.Length && char.IsHighSurrogate(text[length - 1])) length--;
        return string.Concat(text.Take(length).Select(static letter => char.IsControl(letter) ? ' ' : letter)).Trim();
    }
}
