using System.Collections.Immutable;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>The formats by name.</summary>
internal static class LintFormats
{
    /// <summary>The names, the default one first.</summary>
    public static ImmutableArray<string> Names { get; } = ["text", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "gerrit", "rdjson"];

    /// <summary>The formats that have statistics.</summary>
    public static ImmutableArray<string> NamesWithStatistics { get; } = ["text", "concise", "json", "json-lines"];

    /// <summary>The format of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="isColoured">Whether text has colours.</param>
    public static ILintFormat Create(string name, bool isColoured) => name switch
    {
        "concise" => new ConciseFormat(),
        "json" => new JsonFormat(),
        "json-lines" => new JsonLinesFormat(),
        "sarif" => new SarifFormat(),
        "github" => new GitHubFormat(),
        "gitlab" => new GitLabFormat(),
        "junit" => new JUnitFormat(),
        "gerrit" => new GerritFormat(),
        "rdjson" => new RdJsonFormat(),
        _ => new TextFormat(isColoured),
    };

    /// <summary>Statistics in place of findings, in the manner of a format.</summary>
    /// <param name="name">One of <see cref="NamesWithStatistics"/>.</param>
    public static ILintFormat CreateStatistics(string name) => name switch
    {
        "json" => new StatisticsJsonFormat(onOneLineEach: false),
        "json-lines" => new StatisticsJsonFormat(onOneLineEach: true),
        _ => new StatisticsFormat(),
    };
}
