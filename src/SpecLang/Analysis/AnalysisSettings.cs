using System.Collections.Immutable;
using VPythonTools.SpecLang.Configuration;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>What <c>.editorconfig</c> says of the analysis of a file: severities, platforms, and the style that is checked.</summary>
public sealed class AnalysisSettings
{
    /// <summary>The platforms that specs are judged for: names such as <c>mac-arm64</c>, with commas between them.</summary>
    public const string PlatformsSetting = "vpython_platforms";

    /// <summary>The versions of Python that specs are judged for, such as <c>3.8, 3.11</c>.</summary>
    public const string PythonsSetting = "vpython_pythons";

    private const string SeverityPrefix = "vpython_diagnostic.";
    private const string SeveritySuffix = ".severity";

    private readonly ImmutableDictionary<string, DiagnosticSeverity?> _severities;

    private AnalysisSettings(ImmutableDictionary<string, DiagnosticSeverity?> severities, PlatformTable platforms, FormatOptions format, ImmutableArray<SettingProblem> problems)
    {
        _severities = severities;
        Platforms = platforms;
        Format = format;
        Problems = problems;
    }

    /// <summary>Nothing is configured.</summary>
    public static AnalysisSettings Default { get; } = Read(ImmutableDictionary<string, string>.Empty);

    /// <summary>The platforms that specs are judged for when they do not say which.</summary>
    public PlatformTable Platforms { get; }

    /// <summary>Whether the settings name these platforms, and not only what there is.</summary>
    public bool NamesPlatforms => Platforms != PlatformTable.Default;

    /// <summary>The style of specs.</summary>
    public FormatOptions Format { get; }

    /// <summary>The settings that mean nothing.</summary>
    public ImmutableArray<SettingProblem> Problems { get; }

    /// <summary>Reads the settings of a file.</summary>
    /// <param name="settings">Names in lower case.</param>
    public static AnalysisSettings Read(IReadOnlyDictionary<string, string> settings)
    {
        var format = FormatOptions.Read(settings, out ImmutableArray<SettingProblem> formatProblems);
        var problems = formatProblems.ToBuilder();
        var severities = ImmutableDictionary.CreateBuilder<string, DiagnosticSeverity?>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in settings)
        {
            if (!name.StartsWith(SeverityPrefix, StringComparison.Ordinal) || !name.EndsWith(SeveritySuffix, StringComparison.Ordinal)) continue;
            if (name.Length <= SeverityPrefix.Length + SeveritySuffix.Length) continue;
            string id = name[SeverityPrefix.Length..^SeveritySuffix.Length];
            if (!KnownCodes.All.Contains(id)) problems.Add(new(name, value, "the code of a finding, such as VPY2301, before '.severity'"));
            else if (TryReadSeverity(value, out DiagnosticSeverity? severity)) severities[id] = severity;
            else if (!value.Equals("default", StringComparison.OrdinalIgnoreCase)) problems.Add(new(name, value, "error, warning, info, hint, none or default"));
        }
        return new(severities.ToImmutable(), ReadPlatforms(settings, problems), format, problems.DrainToImmutable());
    }

    /// <summary>How much a kind of finding matters; null when it is turned off.</summary>
    public DiagnosticSeverity? SeverityOf(DiagnosticDescriptor descriptor) =>
        IsConfigurable(descriptor) && _severities.TryGetValue(descriptor.Id, out DiagnosticSeverity? severity) ? severity : descriptor.DefaultSeverity;

    /// <summary>Whether settings and comments can change how much a kind of finding matters. A text that means nothing stays an error.</summary>
    public static bool IsConfigurable(DiagnosticDescriptor descriptor) =>
        descriptor.Category > DiagnosticCategory.Schema || descriptor.DefaultSeverity != DiagnosticSeverity.Error;

    /// <summary>Reads a severity; <c>none</c> is null.</summary>
    public static bool TryReadSeverity(string text, out DiagnosticSeverity? severity)
    {
        (bool isKnown, severity) = text.ToLowerInvariant() switch
        {
            "error" => (true, DiagnosticSeverity.Error),
            "warning" => (true, DiagnosticSeverity.Warning),
            "info" or "information" or "suggestion" => (true, DiagnosticSeverity.Information),
            "hint" or "silent" => (true, DiagnosticSeverity.Hint),
            "none" => (true, (DiagnosticSeverity?)null),
            _ => (false, null),
        };
        return isKnown;
    }

    private static PlatformTable ReadPlatforms(IReadOnlyDictionary<string, string> settings, ImmutableArray<SettingProblem>.Builder problems)
    {
        ImmutableArray<string>? platforms = ReadList(settings, PlatformsSetting);
        ImmutableArray<string>? pythons = ReadList(settings, PythonsSetting);
        if (platforms is null && pythons is null) return PlatformTable.Default;
        if (PlatformTable.TryConfigure(new(platforms, pythons), out PlatformTable? table, out string? error)) return table;
        // Each by itself: of two that are wrong, both are told, and one that is right holds.
        bool isPlatforms = PlatformTable.TryConfigure(new(platforms, null), out PlatformTable? byPlatform, out string? platformError);
        bool isPythons = PlatformTable.TryConfigure(new(null, pythons), out PlatformTable? byPython, out string? pythonError);
        if (!isPlatforms || isPythons) problems.Add(new(PlatformsSetting, settings.GetValueOrDefault(PlatformsSetting, ""), $"names of the table ({platformError ?? error})"));
        if (!isPythons) problems.Add(new(PythonsSetting, settings[PythonsSetting], $"versions of the table ({pythonError})"));
        return (isPlatforms, isPythons) switch
        {
            (true, false) => byPlatform!,
            (false, true) => byPython!,
            _ => PlatformTable.Default,
        };
    }

    private static ImmutableArray<string>? ReadList(IReadOnlyDictionary<string, string> settings, string name) =>
        settings.TryGetValue(name, out string? value) ? [.. value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : null;
}
