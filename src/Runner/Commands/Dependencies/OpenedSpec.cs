using System.Collections.Immutable;
using VPythonTools.Runner.Catalogues;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Configuration;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Search;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands.Dependencies;

/// <summary>The one spec that a verb works on: with what analysis knows of it, and free of errors.</summary>
internal sealed class OpenedSpec
{
    private OpenedSpec(SpecAnalysis analysis, SourceText original, string shownPath)
    {
        Analysis = analysis;
        Original = original;
        ShownPath = shownPath;
    }

    /// <summary>The spec.</summary>
    public SpecAnalysis Analysis { get; }

    /// <summary>The text as it is in the file.</summary>
    public SourceText Original { get; }

    /// <summary>The path as people know it.</summary>
    public string ShownPath { get; }

    /// <summary>The platforms of the table that the spec is judged for.</summary>
    public ImmutableArray<SupportedPlatform> Platforms => [.. Analysis.Platforms.Select(static platform => platform.Supported).OfType<SupportedPlatform>().Distinct()];

    /// <summary>Opens a spec, the one in a script, or the one that applies to a script; without a file, the one that applies in the working directory.</summary>
    public static Result<OpenedSpec> Open(Invocation invocation, string? file) =>
        CatalogueStore.Choose(invocation).Then(static store => store.Open()).Then(catalogue => Find(invocation, file).Then(document =>
        {
            string shown = RelativePath.Of(invocation.WorkingDirectory, document.Text.Path);
            return Analyze(document, new(catalogue, PhysicalFileSystem.Instance, DateOnly.FromDateTime(DateTime.UtcNow)), document.Text, shown);
        }));

    /// <summary>The spec of a text that is not in a file yet.</summary>
    public static Result<OpenedSpec> OfNew(Invocation invocation, SourceText text) =>
        CatalogueStore.Choose(invocation).Then(static store => store.Open()).Then(catalogue => Analyze(
            SpecDocument.Parse(text, DocumentKind.Spec),
            new(catalogue, PhysicalFileSystem.Instance, DateOnly.FromDateTime(DateTime.UtcNow)),
            SourceText.From(ReadOnlyMemory<byte>.Empty, text.Path),
            RelativePath.Of(invocation.WorkingDirectory, text.Path)));

    /// <summary>The spec after changes, which must not bring errors.</summary>
    public Result<OpenedSpec> With(IEnumerable<TextChange> changes) => With(Analysis.Text.WithChanges(changes));

    /// <summary>The spec with another text.</summary>
    public Result<OpenedSpec> With(SourceText text) => Analyze(SpecDocument.Parse(text, Analysis.Document.Kind), Analysis.Host, Original, ShownPath);

    /// <summary>Writes what has changed to the file, whole or not at all, or shows it.</summary>
    public Result<int> Finish(bool asDifference)
    {
        if (Analysis.Text.Bytes.SequenceEqual(Original.Bytes)) return 0;
        if (asDifference)
        {
            StandardStreams.WriteOutput(UnifiedDiff.Of(SourceText.From(Original.Memory, ShownPath), Analysis.Text));
            return 0;
        }
        try
        {
            if (File.Exists(Original.Path)) AtomicFile.Replace(Original.Path, Analysis.Text.Bytes);
            else AtomicFile.Write(Original.Path, Analysis.Text.Bytes);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure("VPY3505", $"cannot be written: {exception.Message}") { Location = ShownPath, NextStep = "mend its permissions", ExitCode = 2 };
        }
    }

    private static Result<OpenedSpec> Analyze(SpecDocument document, AnalysisHost host, SourceText original, string shown)
    {
        AnalysisSettings settings = AnalysisSettings.Read(new EditorConfig(PhysicalFileSystem.Instance).SettingsOf(document.Text.Path));
        SpecAnalysis analysis = SpecAnalyzer.Analyze(document, host, settings).Spec;
        if (!analysis.Bound.HasErrors && document.Region is not null) return new OpenedSpec(analysis, original, shown);
        Failure[] errors = [.. EnvironmentPreparation.ErrorsOf(analysis.Bound).Select(static error => error with { ExitCode = 2 })];
        return errors.Length > 0 ? Failure.All(errors) : new Failure("VPY3007", "there is no spec in this script") { Location = shown, ExitCode = 2 };
    }

    private static Result<SpecDocument> Find(Invocation invocation, string? file)
    {
        if (file is not null)
        {
            if (!SpecInput.ReadFile(invocation.WorkingDirectory, file).TryGet(out SourceText? text, out Failure? failure)) return failure with { ExitCode = 2 };
            text = SourceText.From(text.Memory, Path.GetFullPath(file, invocation.WorkingDirectory));
            SpecDocument document = SpecDocument.Parse(text, SpecFileName.IsStandalone(text.Path) ? DocumentKind.Spec : DocumentKind.Script);
            if (document.Region is not null || document.Diagnostics.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)) return document;
        }
        // A script without a spec in it has one beside it or further up.
        if (!invocation.ForRun(file is null ? [] : [file]).Then(static run => SpecSearch.Find(run)).TryGet(out ProbeResult? found, out Failure? missing)) return missing with { ExitCode = 2 };
        return found.Document is { } applying
            ? applying
            : new Failure("VPY3005", file is null ? "no spec applies in the working directory" : $"no spec applies to '{file}'") { NextStep = "name a spec, or a script that has one; vpython3 init makes one", ExitCode = 2 };
    }
}
