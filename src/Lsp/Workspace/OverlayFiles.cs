using System.Collections.Immutable;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Workspace;

/// <summary>The disk as the person at the editor sees it: what is open is as it is shown there. What is no path, such as the address of an unsaved document, leads to nothing.</summary>
/// <param name="disk">The disk.</param>
/// <param name="open">The texts that are open, by path.</param>
internal sealed class OverlayFiles(IFileSystem disk, ImmutableDictionary<string, SourceText> open) : IFileSystem
{
    private const string NoFile = "there is no such file";

    /// <summary>How paths compare: as the usual file systems of the platform do.</summary>
    public static StringComparer PathComparer { get; } = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <inheritdoc/>
    public FileKind GetKind(string path) => open.ContainsKey(path) ? FileKind.File : Path.IsPathFullyQualified(path) ? disk.GetKind(path) : FileKind.Missing;

    /// <inheritdoc/>
    public byte[]? TryReadFile(string path, out string? error) => Find(path, out error) ?? (error is null ? disk.TryReadFile(path, out error) : null);

    /// <inheritdoc/>
    public byte[]? TryReadRepeatableFile(string path, out string? error) => Find(path, out error) ?? (error is null ? disk.TryReadRepeatableFile(path, out error) : null);

    /// <inheritdoc/>
    public string? ResolveLinks(string path) => !Path.IsPathFullyQualified(path) ? null : disk.ResolveLinks(path) ?? (open.ContainsKey(path) ? path : null);

    /// <inheritdoc/>
    public IEnumerable<string> GetNames(string directory) => Path.IsPathFullyQualified(directory) ? disk.GetNames(directory) : [];

    private byte[]? Find(string path, out string? error)
    {
        error = null;
        if (open.TryGetValue(path, out SourceText? text)) return text.Bytes.ToArray();
        if (!Path.IsPathFullyQualified(path)) error = NoFile;
        return null;
    }
}
