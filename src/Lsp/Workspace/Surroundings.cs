using System.Collections.Concurrent;
using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Configuration;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Lsp.Workspace;

/// <summary>What is around documents and changes seldom: the catalogue, and the files of settings. Another one is made when one of them changes.</summary>
/// <param name="catalogue">What is known of packages.</param>
/// <param name="files">Where settings are read from.</param>
internal sealed class Surroundings(PackageCatalogue catalogue, IFileSystem files)
{
    private readonly EditorConfig _editorConfig = new(files);
    private readonly ConcurrentDictionary<string, AnalysisSettings> _settings = new();

    /// <summary>What is known of packages.</summary>
    public PackageCatalogue Catalogue { get; } = catalogue;

    /// <summary>What is configured for a file. Files with equal settings share what is made of them.</summary>
    public AnalysisSettings SettingsOf(string path)
    {
        if (!Path.IsPathFullyQualified(path)) return AnalysisSettings.Default;
        ImmutableDictionary<string, string> settings = _editorConfig.SettingsOf(path);
        if (settings.IsEmpty) return AnalysisSettings.Default;
        string key = string.Join('\n', settings.OrderBy(static setting => setting.Key, StringComparer.Ordinal).Select(static setting => $"{setting.Key}={setting.Value}"));
        return _settings.GetOrAdd(key, _ => AnalysisSettings.Read(settings));
    }
}
