using System.Globalization;
using System.Text.Json;
using VPythonTools.Runner.Cipd;

namespace VPythonTools.Runner.Commands.Packages;

/// <summary>An instance as <c>package</c> prints it.</summary>
internal static class InstanceText
{
    /// <summary>Rows of names and values.</summary>
    public static string Of(InstanceDescription instance)
    {
        var rows = new List<string[]> { (string[])["package", instance.Pin.Name.Value], (string[])["instance", instance.Pin.Instance.Value] };
        if (Date(instance.RegisteredAt) is { } date) rows.Add(["registered", $"{date}{(instance.RegisteredBy is { } who ? $" by {who}" : "")}"]);
        rows.AddRange(instance.Refs.Select(reference => (string[])["ref", reference]));
        rows.AddRange(instance.Tags.Select(tag => (string[])["tag", tag]));
        return TextTable.Write(rows);
    }

    /// <summary>A time for people; null for none.</summary>
    public static string? Date(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A time as RFC 3339 writes it, in UTC to the second; null for none.</summary>
    public static string? JsonDate(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The members of a JSON object.</summary>
    public static void WriteMembers(Utf8JsonWriter json, InstanceDescription instance)
    {
        json.WriteString("name", instance.Pin.Name.Value);
        json.WriteString("instance", instance.Pin.Instance.Value);
        json.WriteString("registered_at", JsonDate(instance.RegisteredAt));
        json.WriteString("registered_by", instance.RegisteredBy);
        json.WriteStrings("refs", instance.Refs);
        json.WriteStrings("tags", instance.Tags);
    }
}
