using System.Text;
using System.Text.Json;

namespace VPythonTools.Runner.Cipd;

/// <summary>
/// What a CIPD instance says of itself, in its member <c>.cipdpkg/manifest.json</c>. Of its members only two matter here; others are let
/// through, since CIPD adds to them.
/// </summary>
/// <param name="FormatVersion">The version of the instance format, <c>1</c> or <c>1.1</c>; they differ only in bits that wheels do not
/// use.</param>
/// <param name="PackageName">The package that the instance was built for.</param>
public sealed record InstanceManifest(string FormatVersion, string PackageName)
{
    /// <summary>The name of the manifest's member.</summary>
    public const string MemberName = ".cipdpkg/manifest.json";

    /// <summary>The format that we write.</summary>
    public const string CurrentFormat = "1.1";

    /// <summary>Whether the format is one that we know.</summary>
    public bool IsKnownFormat => FormatVersion is "1" or CurrentFormat;

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="InvalidDataException">It is not a JSON object with the two members as texts, or has two members of one name.</exception>
    public static InstanceManifest Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            // Of two members of one name each reader takes the one that it likes.
            using JsonDocument document = JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("format_version", out JsonElement format)
                && document.RootElement.TryGetProperty("package_name", out JsonElement name)
                && format.ValueKind == JsonValueKind.String
                && name.ValueKind == JsonValueKind.String)
            {
                return new(format.GetString()!, name.GetString()!);
            }
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"its manifest is not JSON: {exception.Message}", exception);
        }
        throw new InvalidDataException("its manifest lacks 'format_version' or 'package_name'");
    }

    /// <summary>The manifest as it is written. Its letters need no escapes: both values are ASCII without quotes or backslashes.</summary>
    public byte[] ToJson() => Encoding.ASCII.GetBytes($$"""
        {
          "format_version": "{{FormatVersion}}",
          "package_name": "{{PackageName}}"
        }
        """);
}
