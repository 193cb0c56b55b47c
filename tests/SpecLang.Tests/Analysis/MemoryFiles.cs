using System.Text;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.SpecLang.Tests.Analysis;

/// <summary>Files that exist only here. Directories are where files are.</summary>
internal sealed class MemoryFiles : IFileSystem
{
    private readonly Dictionary<string, byte[]> _files = [];

    /// <summary>Links, by their path.</summary>
    public Dictionary<string, string> Links { get; } = [];

    /// <summary>Adds a file.</summary>
    public MemoryFiles With(string path, string text)
    {
        _files[path] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    public FileKind GetKind(string path) => _files.ContainsKey(Resolve(path)) ? FileKind.File
        : _files.Keys.Any(file => file.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal)) ? FileKind.Directory
        : FileKind.Missing;

    public byte[]? TryReadFile(string path, out string? error)
    {
        error = null;
        if (_files.TryGetValue(Resolve(path), out byte[]? bytes)) return bytes;
        error = "there is no such file";
        return null;
    }

    public byte[]? TryReadRepeatableFile(string path, out string? error) => TryReadFile(path, out error);

    public string? ResolveLinks(string path) => GetKind(path) == FileKind.Missing ? null : Resolve(path);

    public IEnumerable<string> GetNames(string directory) => _files.Keys
        .Where(path => path.StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal))
        .Select(path => path[(directory.TrimEnd('/').Length + 1)..].Split('/')[0])
        .Distinct();

    private string Resolve(string path) => Links.GetValueOrDefault(path, path);
}
