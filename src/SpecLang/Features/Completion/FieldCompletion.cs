using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>The fields that a message can have, each with the quotes or brackets of its value.</summary>
internal static class FieldCompletion
{
    /// <summary>What a key begins with that stands for a field.</summary>
    public const string KeyPrefix = "field:";

    /// <summary>Adds the fields that are not there yet, and those that can be there many times.</summary>
    public static void Add(CompletionListBuilder list, CompletionPlace place, FormatOptions style)
    {
        if (place.Message is null) return;
        bool isNameWanted = place.IsBeforeValue;
        foreach (FieldSchema field in MessageSchema.Of(place.Message).Fields)
        {
            if (!field.IsRepeated && place.Has(field.Descriptor)) continue;
            string text = isNameWanted ? field.TextName : place.Lay(TextOf(field, place, style));
            list.Add(new(field.TextName, CompletionKind.Field, new(place.Span, text), field.TextName)
            {
                Detail = TypeOf(field),
                IsSnippet = !isNameWanted,
                Key = KeyPrefix + field.Descriptor.FullName,
            });
        }
    }

    /// <summary>The type as a schema writes it: <c>repeated Package</c>.</summary>
    internal static string TypeOf(FieldSchema field)
    {
        string type = field.IsMessage ? field.Descriptor.MessageType.Name
            : field.Type == Google.Protobuf.Reflection.FieldType.Enum ? field.Descriptor.EnumType.Name
            : field.Type.ToString().ToLowerInvariant();
        return field.IsRepeated ? "repeated " + type : type;
    }

    /// <summary>A message of the style, within a line or around lines; as a snippet whose content is given.</summary>
    internal static string Enclose(string content, CompletionPlace place, FormatOptions style)
    {
        bool isInLine = place.IsWithinLine;
        bool hasBraces = style.Brackets switch
        {
            BracketStyle.Mixed => isInLine,
            BracketStyle.Keep => place.UsesBraces,
            var brackets => brackets == BracketStyle.Brace,
        };
        (string open, string close) = hasBraces ? ("{", "}") : ("<", ">");
        if (isInLine) return $"{open} {content.Replace('\n', ' ')} {close}";
        string indentation = new(' ', style.IndentSize);
        return $"{open}\n{indentation}{content.Replace("\n", "\n" + indentation, StringComparison.Ordinal)}\n{close}";
    }

    private static string TextOf(FieldSchema field, CompletionPlace place, FormatOptions style)
    {
        if (!field.IsMessage) return $"{field.TextName}: {(field.Type is Google.Protobuf.Reflection.FieldType.String or Google.Protobuf.Reflection.FieldType.Bytes ? "\"$1\"" : "$1")}";
        // What every wheel has.
        string content = field.Descriptor.MessageType == Spec.Types.Package.Descriptor ? "name: \"$1\"\nversion: \"$2\"" : "$0";
        return $"{field.TextName}: {Enclose(content, place, style)}";
    }
}
