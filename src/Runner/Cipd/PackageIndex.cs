using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>
/// The index of a package directory: which instances a package has, with which tags, and which refs name them. Everything is sorted and has
/// a line of its own, so that the file can be read, compared and merged by people.
/// </summary>
public sealed class PackageIndex
{
    /// <summary>The version of the file's format that we read and write.</summary>
    public const int Format = 1;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // The file is JSON for itself, never part of a page.
    };

    private readonly SortedDictionary<string, PackageEntry> _packages = new(StringComparer.Ordinal);

    /// <summary>The packages by name, in the order of their bytes.</summary>
    public IReadOnlyDictionary<string, PackageEntry> Packages => _packages;

    /// <summary>The entry of a package; a new one is made when there is none.</summary>
    public PackageEntry GetOrAdd(PackageName name)
    {
        if (!_packages.TryGetValue(name.Value, out PackageEntry? entry)) _packages.Add(name.Value, entry = new());
        return entry;
    }

    /// <summary>
    /// Reads an index, or says what is wrong with it. Every name and every version in it is one that CIPD would accept. A byte order mark,
    /// which editors on Windows put there, is passed over.
    /// </summary>
    public static bool TryParse(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out PackageIndex? index, [NotNullWhen(false)] out PackageIndexFault? fault)
    {
        index = null;
        fault = null;
        if (json.Span.StartsWith(Encoding.UTF8.Preamble)) json = json[Encoding.UTF8.Preamble.Length..];
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var read = new PackageIndex();
            if (read.Fill(document.RootElement) is { } problem) fault = new(problem);
            else index = read;
        }
        catch (JsonException exception)
        {
            fault = new("it is not JSON", PositionOf(exception, json.Span));
        }
        catch (InvalidOperationException)
        {
            fault = new("a value is not of the kind that belongs there");
        }
        return fault is null;
    }

    /// <summary>JsonException counts lines from 0, and bytes where people count characters.</summary>
    private static (int Line, int Column) PositionOf(JsonException exception, ReadOnlySpan<byte> json)
    {
        int line = (int)(exception.LineNumber ?? 0);
        for (int skipped = 0; skipped < line; skipped++) json = json[(json.IndexOf((byte)'\n') + 1)..];
        int bytes = (int)Math.Min(exception.BytePositionInLine ?? 0, json.Length);
        return (line + 1, Encoding.UTF8.GetCharCount(json[..bytes]) + 1);
    }

    /// <summary>The file.</summary>
    public byte[] ToJson()
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", Format);
            writer.WriteStartObject("packages");
            foreach ((string name, PackageEntry entry) in _packages) WriteEntry(writer, name, entry);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter writer, string name, PackageEntry entry)
    {
        writer.WriteStartObject(name);
        writer.WriteStartObject("instances");
        foreach ((string instance, SortedSet<string> tags) in entry.Instances)
        {
            writer.WriteStartArray(instance);
            foreach (string tag in tags) writer.WriteStringValue(tag);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
        writer.WriteStartObject("refs");
        foreach ((string reference, string instance) in entry.Refs) writer.WriteString(reference, instance);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private string? Fill(JsonElement root)
    {
        if (!root.TryGetProperty("format", out JsonElement format) || !format.TryGetInt32(out int number)) return "it has no number 'format'";
        if (number != Format) return $"its format is {number}, and only {Format} is known";
        if (!root.TryGetProperty("packages", out JsonElement packages)) return "it has no object 'packages'";
        foreach (JsonProperty package in packages.EnumerateObject())
        {
            if (!PackageName.TryParse(package.Name, out PackageName name, out string? error)) return error;
            if (_packages.ContainsKey(package.Name)) return $"it has the package '{package.Name}' twice";
            if (FillEntry(GetOrAdd(name), package.Value) is { } problem) return $"{problem} in the package '{package.Name}'";
        }
        return null;
    }

    private static string? FillEntry(PackageEntry entry, JsonElement package)
    {
        if (!package.TryGetProperty("instances", out JsonElement instances)) return "'instances' is missing";
        foreach (JsonProperty instance in instances.EnumerateObject())
        {
            if (!InstanceId.TryParse(instance.Name, out InstanceId id)) return $"'{instance.Name}' is not an instance ID";
            entry.AddInstance(id);
            foreach (JsonElement tag in instance.Value.EnumerateArray())
            {
                if (Version(tag, CipdVersionKind.Tag) is not { } text) return $"'{tag}' is not a tag";
                entry.AddTag(id, text);
            }
        }
        if (!package.TryGetProperty("refs", out JsonElement refs)) return null;
        foreach (JsonProperty reference in refs.EnumerateObject())
        {
            if (!CipdVersion.TryParse(reference.Name, out CipdVersion version, out _) || version.Kind != CipdVersionKind.Ref) return $"'{reference.Name}' is not a ref";
            if (!InstanceId.TryParse(reference.Value.GetString() ?? "", out InstanceId id) || !entry.Instances.ContainsKey(id.Value))
                return $"the ref '{reference.Name}' names no instance that is";
            entry.MoveRef(reference.Name, id);
        }
        return null;
    }

    private static string? Version(JsonElement element, CipdVersionKind kind) =>
        element.GetString() is { } text && CipdVersion.TryParse(text, out CipdVersion version, out _) && version.Kind == kind ? text : null;
}
