using System.Collections.Immutable;
using System.Text;

namespace VPythonTools.SpecLang.Configuration;

/// <summary>One <c>.editorconfig</c> file, by the EditorConfig specification. Every text is one; lines that mean nothing are passed over.</summary>
internal sealed class EditorConfigFile
{
    /// <summary>Longer files are not read: nobody writes one.</summary>
    public const int MaxLength = 1 << 20;

    private const int MaxSectionLength = 4096;
    private const int MaxKeyLength = 1024;
    private const int MaxValueLength = 4096;

    private readonly ImmutableArray<Section> _sections;

    private EditorConfigFile(bool isRoot, ImmutableArray<Section> sections)
    {
        IsRoot = isRoot;
        _sections = sections;
    }

    /// <summary>Whether files of directories further up do not count.</summary>
    public bool IsRoot { get; }

    /// <summary>Reads a file. What is longer than <see cref="MaxLength"/> has no sections.</summary>
    public static EditorConfigFile Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength) return new(false, []);
        bool isRoot = false;
        var sections = new List<Section>();
        Section? section = null;
        bool isBeforeSections = true;
        foreach (ReadOnlySpan<char> fullLine in Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = fullLine.Trim();
            if (line.IsEmpty || line[0] is '#' or ';') continue;
            if (line[0] == '[' && line[^1] == ']')
            {
                isBeforeSections = false;
                section = null;
                if (line.Length - 2 > MaxSectionLength) continue;
                sections.Add(section = new(EditorConfigGlob.Parse(line[1..^1].ToString()), []));
                continue;
            }
            int equals = line.IndexOf('=');
            if (equals <= 0) continue;
            string key = line[..equals].TrimEnd().ToString().ToLowerInvariant();
            string value = line[(equals + 1)..].TrimStart().ToString();
            if (key.Length > MaxKeyLength || value.Length > MaxValueLength) continue;
            if (section is not null) section.Properties.Add(new(key, value));
            else if (isBeforeSections && key == "root") isRoot = value.Equals("true", StringComparison.OrdinalIgnoreCase);
        }
        return new(isRoot, [.. sections]);
    }

    /// <summary>Adds the properties of a path; those of later sections replace those of earlier ones.</summary>
    /// <param name="path">The path below the directory of this file, with <c>/</c> between names.</param>
    /// <param name="properties">The properties so far.</param>
    public void AddProperties(string path, IDictionary<string, string> properties)
    {
        foreach (Section section in _sections)
        {
            if (!section.Glob.Matches(path)) continue;
            foreach ((string key, string value) in section.Properties) properties[key] = value;
        }
    }

    private sealed record Section(EditorConfigGlob Glob, List<KeyValuePair<string, string>> Properties);
}
