using System.Text;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// The header lines of <c>WHEEL</c> and <c>METADATA</c>: <c>Name: value</c>, the name without regard to case, continued by lines that begin
/// with white space, up to the first empty line (Python's e-mail parser with the compat32 policy, which the core metadata specification
/// prescribes). A line that is no header is passed over.
/// </summary>
public sealed class MetadataHeaders
{
    private readonly List<(string Name, string Value)> _headers = [];

    private MetadataHeaders()
    {
    }

    /// <summary>Reads headers; never fails.</summary>
    public static MetadataHeaders Parse(ReadOnlySpan<byte> bytes)
    {
        var headers = new MetadataHeaders();
        foreach (ReadOnlySpan<char> line in Encoding.UTF8.GetString(bytes).AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            if (line.IsWhiteSpace()) break;
            if (line[0] is ' ' or '\t')
            {
                headers.Continue(line);
                continue;
            }
            int colon = line.IndexOf(':');
            if (colon > 0) headers._headers.Add((line[..colon].Trim().ToString(), line[(colon + 1)..].Trim().ToString()));
        }
        return headers;
    }

    /// <summary>The value of the first header of a name; null when there is none.</summary>
    public string? Find(string name) =>
        _headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The values of all headers of a name, in their order.</summary>
    public IEnumerable<string> FindAll(string name) =>
        _headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    private void Continue(ReadOnlySpan<char> line)
    {
        if (_headers.Count == 0) return;
        (string name, string value) = _headers[^1];
        _headers[^1] = (name, $"{value}\n{line.Trim()}");
    }
}
