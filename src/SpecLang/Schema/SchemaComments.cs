using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;

namespace VPythonTools.SpecLang.Schema;

/// <summary>
/// What the <c>.proto</c> files of this program say of their messages and fields: the comments above them. Generated code has none of them, so they are read from
/// the files themselves; other compiled schemas have them when they were compiled with <c>--include_source_info</c>.
/// </summary>
public static partial class SchemaComments
{
    private static FrozenDictionary<string, string>? _own;

    private static FrozenDictionary<string, string> Own => _own ??= ReadOwn();

    /// <summary>The comment above a message or field, lines joined to paragraphs; empty when there is none, or it is not known.</summary>
    public static string Of(IDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        if (Own.TryGetValue(descriptor.FullName, out string? own)) return own;
        string? compiled = (descriptor as DescriptorBase)?.Declaration?.LeadingComments;
        return compiled is null ? "" : Join(compiled.Split('\n').Select(static line => line.Trim()));
    }

    /// <summary>The comment above a message or field of this program's schema by its full name, such as <c>vpython.Spec.wheel</c>; null when there is none.</summary>
    public static string? Find(string fullName) => Own.GetValueOrDefault(fullName);

    private static FrozenDictionary<string, string> ReadOwn()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (FileDescriptor file in SchemaSet.VPython.Files)
        {
            using Stream? stream = typeof(SchemaComments).Assembly.GetManifestResourceStream("VPythonTools.SpecLang." + file.Name);
            if (stream is null) continue;
            using var reader = new StreamReader(stream);
            Read(reader.ReadToEnd(), file.Package, found);
        }
        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void Read(string text, string package, Dictionary<string, string> found)
    {
        var around = new Stack<string>([package]);
        var comment = new List<string>();
        foreach (string written in text.Split('\n'))
        {
            string line = written.Trim();
            if (line.StartsWith("//", StringComparison.Ordinal))
            {
                comment.Add(line[2..].Trim());
                continue;
            }
            if (Declaration().Match(line) is { Success: true } declaration)
            {
                string name = $"{around.Peek()}.{declaration.Groups["name"].Value}";
                if (comment.Count > 0) found[name] = Join(comment);
                if (line.EndsWith('{')) around.Push(name);
            }
            else if (line == "}" && around.Count > 1)
            {
                around.Pop();
            }
            comment.Clear();
        }
    }

    /// <summary>Lines of a paragraph are one; an empty one parts two.</summary>
    private static string Join(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (string line in lines)
        {
            if (line.Length == 0) text.Append("\n\n");
            else text.Append(text.Length == 0 || text[^1] == '\n' ? "" : " ").Append(line);
        }
        return text.ToString().Trim();
    }

    [GeneratedRegex(@"^(?:message\s+(?<name>\w+)\s*\{|(?:repeated\s+|optional\s+|required\s+)?[\w.]+\s+(?<name>\w+)\s*=\s*[0-9]+.*;)$", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
