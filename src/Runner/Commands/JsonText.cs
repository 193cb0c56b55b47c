using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Commands;

/// <summary>Answers of verbs as JSON: indented, one object, with a line break at its end.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object whose members are written.</summary>
    public static string Write(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    /// <summary>A list of texts.</summary>
    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>A failure, or null.</summary>
    public static void WriteFailure(this Utf8JsonWriter json, string name, Failure? failure)
    {
        if (failure is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteString("code", failure.Code);
        json.WriteString("message", failure.Message);
        json.WriteString("next", failure.NextStep);
        json.WriteEndObject();
    }
}
