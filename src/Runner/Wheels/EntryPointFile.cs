using System.Collections.Immutable;
using System.Text;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// Reads <c>entry_points.txt</c>: sections in brackets, <c>name = value</c> lines, comments that begin with <c>#</c> or <c>;</c> (the
/// subset of configparser files that packaging.python.org, "Entry points", allows). Names keep their case; of two entries of a name in a
/// group the last one counts.
/// </summary>
internal static class EntryPointFile
{
    /// <summary>The commands of the file.</summary>
    /// <exception cref="InvalidDataException">A command's entry is malformed.</exception>
    public static ImmutableArray<EntryPoint> ReadScripts(ReadOnlySpan<byte> bytes)
    {
        var scripts = new Dictionary<string, EntryPoint>(StringComparer.Ordinal);
        string section = "";
        foreach (ReadOnlySpan<char> rawLine in Encoding.UTF8.GetString(bytes).AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            ReadOnlySpan<char> line = rawLine.Trim();
            if (line.IsEmpty || line[0] is '#' or ';') continue;
            if (line[0] == '[' && line[^1] == ']')
            {
                section = line[1..^1].Trim().ToString();
                continue;
            }
            if (section is not ("console_scripts" or "gui_scripts")) continue;
            int equals = line.IndexOf('=');
            string name = (equals < 0 ? line : line[..equals]).Trim().ToString();
            string value = equals < 0 ? "" : line[(equals + 1)..].Trim().ToString();
            if (!EntryPoint.TryParse(name, value, section == "gui_scripts", out EntryPoint? script, out string? error))
                throw new InvalidDataException($"the entry point '{line}' {error}");
            scripts[name] = script;
        }
        return [.. scripts.Values];
    }
}
