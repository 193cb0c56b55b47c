using System.Collections.Immutable;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.SpecLang.Configuration;

/// <summary>
/// The settings that <c>.editorconfig</c> files give to a path: those of its directory and of the directories above it, the nearer ones first,
/// up to one that says <c>root = true</c>. A file is read once; make a new reader to see changes.
/// </summary>
public sealed class EditorConfig
{
    private const string FileName = ".editorconfig";

    private readonly IFileSystem _files;
    private readonly Dictionary<string, EditorConfigFile?> _known = [];

    /// <summary>A reader of settings.</summary>
    public EditorConfig(IFileSystem files) => _files = files;

    /// <summary>The settings of a file that need not exist.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>Names in lower case, values as written. What is <c>unset</c> is not among them.</returns>
    public ImmutableDictionary<string, string> SettingsOf(string path)
    {
        var found = new Stack<(string Directory, EditorConfigFile File)>();
        for (string? directory = Path.GetDirectoryName(path); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (FileIn(directory) is not { } file) continue;
            found.Push((directory, file));
            if (file.IsRoot) break;
        }
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        while (found.TryPop(out (string Directory, EditorConfigFile File) next))
        {
            string relative = path[next.Directory.Length..].Replace(Path.DirectorySeparatorChar, '/').TrimStart('/');
            next.File.AddProperties(relative, properties);
        }
        return properties.Where(static property => !property.Value.Equals("unset", StringComparison.OrdinalIgnoreCase)).ToImmutableDictionary(StringComparer.Ordinal);
    }

    private EditorConfigFile? FileIn(string directory)
    {
        lock (_known)
        {
            if (_known.TryGetValue(directory, out EditorConfigFile? known)) return known;
            string path = Path.Combine(directory, FileName);
            byte[]? bytes = _files.GetKind(path) == FileKind.File ? _files.TryReadRepeatableFile(path, out _) : null;
            EditorConfigFile? file = bytes is null ? null : EditorConfigFile.Parse(bytes);
            _known.Add(directory, file);
            return file;
        }
    }
}
