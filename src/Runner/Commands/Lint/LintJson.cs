using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>Makes JSON text.</summary>
internal static class LintJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    /// <summary>The JSON that <paramref name="write"/> writes, without a line break at its end.</summary>
    public static string Write(Action<Utf8JsonWriter> write, bool isIndented = false)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, isIndented ? Indented : Compact)) write(json);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
