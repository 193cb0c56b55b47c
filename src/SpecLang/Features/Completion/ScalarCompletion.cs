using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Formatting;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>Values that the type of a field says: names of enumerations, <c>true</c> and <c>false</c>, the brackets of a message.</summary>
internal static class ScalarCompletion
{
    /// <summary>Adds the values of the field at the cursor.</summary>
    public static void Add(CompletionListBuilder list, CompletionPlace place, FormatOptions style)
    {
        if (place.Field is not { } field || place.String is not null) return;
        switch (field.FieldType)
        {
            case FieldType.Enum:
                foreach (EnumValueDescriptor value in field.EnumType.Values) list.Add(Word(place, value.Name));
                break;
            case FieldType.Bool:
                list.Add(Word(place, "true"));
                list.Add(Word(place, "false"));
                break;
            case FieldType.Message or FieldType.Group when place.Span.IsEmpty:
                string brackets = FieldCompletion.Enclose("$0", place, style);
                list.Add(new($"{brackets[0]} {brackets[^1]}", CompletionKind.Value, new(place.Span, place.Lay(brackets)), "") { Detail = field.MessageType.Name, IsSnippet = true });
                break;
        }
    }

    /// <summary>A string as it is to be written: with quotes where none are there yet.</summary>
    internal static string Written(CompletionPlace place, string value)
    {
        if (place.String is not { } token) return SpecEditor.Quote(value);
        return place.IsStringTerminated ? value : value + (char)place.Tree.Text.Bytes[token.Start];
    }

    private static CompletionItem Word(CompletionPlace place, string word) => new(word, CompletionKind.Value, new(place.Span, word), word);
}
