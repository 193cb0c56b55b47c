using System.Collections.Concurrent;
using System.Collections.Immutable;
using VPythonTools.Runner.Catalogues;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Configuration;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Search;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>One use of <c>lint</c>: find, read, analyze, mend, report.</summary>
/// <param name="invocation">Whose.</param>
/// <param name="options">What was asked for.</param>
internal sealed class LintRun(Invocation invocation, LintOptions options)
{
    private const string StandardInputName = "<stdin>";
    private const int LargestFile = 64 << 20;

    private readonly EditorConfig _editorConfig = new(PhysicalFileSystem.Instance);
    private readonly ConcurrentDictionary<string, AnalysisSettings> _settings = new();
    private readonly ConcurrentDictionary<SettingProblem, string> _problems = new();
    private readonly ConcurrentBag<Failure> _failures = [];
    private readonly string _root = RelativePath.RootOf(invocation.WorkingDirectory);

    /// <summary>Does it.</summary>
    /// <returns>0 when nothing was found that counts, 1 when something was, 2 when something could not be looked at.</returns>
    public Result<int> Execute()
    {
        Result<int> outcome = CatalogueStore.Choose(invocation).Then(static store => store.Open()).Then(catalogue =>
            Load().Then<int>(sources => Finish(new(catalogue, PhysicalFileSystem.Instance, DateOnly.FromDateTime(DateTime.UtcNow)), sources)));
        // Who reads a document gets one, and what is wrong on standard error, whether nothing could be looked at or not all. With --fix, standard output may be a text.
        if (outcome.Failure is { } failure && options.Format is not (TextFormat or StatisticsFormat) && !options.ShowsDifference && !options.Fixes) StandardStreams.WriteOutput(options.Format.Write(new([], _root, [failure], 0)));
        return outcome;
    }

    private Result<ImmutableArray<Source>> Load()
    {
        if (options.StandardInputPath is not null || options.Paths.Contains(SpecInput.StandardInput)) return LoadStandardInput();
        var targets = new LintTargets(invocation.WorkingDirectory);
        IReadOnlyList<LintTarget> found;
        if (options.OnlyChanged)
        {
            if (!FindChanged(out ImmutableArray<string> paths).TryGet(out IReadOnlyList<string>? changed, out Failure? failure)) return failure;
            found = targets.FindAmong(changed, paths);
        }
        else
        {
            found = targets.Find(options.Paths);
        }
        foreach (Failure failure in targets.Failures) _failures.Add(failure);
        foreach (string warning in targets.Warnings) StandardStreams.WriteErrorLine(PlainText.Of(warning));
        var sources = new Source?[found.Count];
        if (found.Count > 3) Parallel.For(0, found.Count, index => sources[index] = Read(found[index]));
        else for (int i = 0; i < found.Count; i++) sources[i] = Read(found[i]);
        TellOfNoSpec(found, sources);
        return sources.OfType<Source>().ToImmutableArray();
    }

    /// <summary>Who names files, none of which has a spec, may have meant others: that all of them are clean says nothing.</summary>
    private static void TellOfNoSpec(IReadOnlyList<LintTarget> found, Source?[] sources)
    {
        if (found.Count == 0 || !found.All(static target => target.IsNamed) || !sources.All(static source => source is { Document: { Region: null, Diagnostics.IsEmpty: true } })) return;
        StandardStreams.WriteErrorLine(found.Count == 1 ? $"{PlainText.Of(found[0].ShownPath)}: note: there is no spec in this file" : $"note: there is no spec in any of these {found.Count} files");
    }

    /// <summary>What has changed. As in Git's own commands, a word that is no commit is a path if there is one.</summary>
    private Result<IReadOnlyList<string>> FindChanged(out ImmutableArray<string> paths)
    {
        paths = options.Paths;
        Result<IReadOnlyList<string>> changed = ChangedFiles.Since(invocation.WorkingDirectory, options.ChangedSince);
        if (changed.Failure is null || options.ChangedSince is not { } word) return changed;
        // No name of a branch has one of these.
        bool isPattern = word.AsSpan().ContainsAny("*?[");
        if (!isPattern && !Path.Exists(Path.Combine(invocation.WorkingDirectory, word))) return changed;
        paths = [word, .. paths];
        return ChangedFiles.Since(invocation.WorkingDirectory, null);
    }

    private Result<ImmutableArray<Source>> LoadStandardInput()
    {
        if (options.OnlyChanged || options.Paths.Any(static path => path != SpecInput.StandardInput))
            return new Failure("VPY3005", "standard input is looked at by itself: '-' and --stdin-path do not go with paths or --changed") { ExitCode = LintCommand.Failed };
        // Without a name it is a spec, as if it stood in this directory: a script has a name.
        string path = Path.GetFullPath(options.StandardInputPath ?? ".vpython3", invocation.WorkingDirectory);
        SpecDocument document = Open(SpecInput.ReadStandardInput(path));
        return ImmutableArray.Create(new Source(document, (options.StandardInputPath ?? StandardInputName).Replace(Path.DirectorySeparatorChar, '/')));
    }

    private Source? Read(LintTarget target)
    {
        try
        {
            SpecDocument document = Open(SourceText.From(SpecInput.ReadRegularFile(target.Path, LargestFile), target.Path));
            if (document.Kind != DocumentKind.TextFormat) return new(document, target.ShownPath);
            if (target.IsNamed) _failures.Add(new("VPY3503", "is no spec: it is a text-format file of another message") { Location = target.ShownPath, NextStep = "vpython3 fmt lays it out, and vpython3 show reads it with its schema" });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _failures.Add(SpecFileName.MayBeNoText(target.Path) && !Path.Exists(target.Path)
                ? new("VPY3006", "cannot be read: its name is not UTF-8") { Location = target.ShownPath, NextStep = "give it a name that is, or have Git ignore it" }
                : new("VPY3006", $"cannot be read: {PlainText.Of(exception.Message)}") { Location = target.ShownPath });
        }
        return null;
    }

    private static SpecDocument Open(SourceText text)
    {
        DocumentKind kind = SpecFileName.IsStandalone(text.Path) ? DocumentKind.Spec : SpecDocument.KindOf(text);
        if (kind == DocumentKind.TextFormat && SchemaHeader.Read(text).Message is "vpython.Spec") kind = DocumentKind.Spec;
        return SpecDocument.Parse(text, kind);
    }

    private int Finish(AnalysisHost host, ImmutableArray<Source> sources)
    {
        ImmutableArray<SpecDocument> documents = [.. sources.Select(static source => source.Document)];
        int fixCount = 0;
        ImmutableArray<WorkspaceResult> results = options.Fixes || options.ShowsDifference
            ? WorkspaceFixer.Fix(documents, host, SettingsOf, options.Wants, options.WithUnsafeFixes, out fixCount)
            : WorkspaceAnalyzer.Analyze(documents, host, SettingsOf);
        bool isFromStandardInput = options.StandardInputPath is not null || options.Paths.Contains(SpecInput.StandardInput);
        if (options.ShowsDifference) return ShowDifference(sources, results, fixCount);
        if (options.Fixes && isFromStandardInput) StandardStreams.WriteOutput(results[0].Own.Spec.Text.Bytes);
        else if (options.Fixes) WriteFixed(sources, results);
        LintReport report = Report(sources, results, fixCount);
        string text = options.Format.Write(report);
        if (text.Length == 0) return ExitCodeOf(report.Count);
        // The mended text is on standard output then.
        if (options.Fixes && isFromStandardInput) StandardStreams.WriteErrorLine(text.TrimEnd('\n'));
        else StandardStreams.WriteOutput(text);
        return ExitCodeOf(report.Count);
    }

    private int ShowDifference(ImmutableArray<Source> sources, ImmutableArray<WorkspaceResult> results, int fixCount)
    {
        for (int i = 0; i < sources.Length; i++)
        {
            SourceText before = sources[i].Document.Text;
            SourceText after = results[i].Own.Spec.Text;
            if (!before.Bytes.SequenceEqual(after.Bytes)) StandardStreams.WriteOutput(UnifiedDiff.Of(SourceText.From(before.Memory, sources[i].ShownPath), after));
        }
        return ExitCodeOf(fixCount + Report(sources, results, fixCount).Count);
    }

    private void WriteFixed(ImmutableArray<Source> sources, ImmutableArray<WorkspaceResult> results)
    {
        for (int i = 0; i < sources.Length; i++)
        {
            SourceText text = results[i].Own.Spec.Text;
            if (text.Bytes.SequenceEqual(sources[i].Document.Text.Bytes)) continue;
            try
            {
                AtomicFile.Replace(text.Path, text.Bytes);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _failures.Add(new("VPY3505", $"cannot be mended: {PlainText.Of(exception.Message)}") { Location = sources[i].ShownPath, NextStep = "mend its permissions" });
            }
        }
    }

    private LintReport Report(ImmutableArray<Source> sources, ImmutableArray<WorkspaceResult> results, int fixCount)
    {
        foreach ((SettingProblem problem, string path) in _problems.OrderBy(static pair => pair.Key.Name, StringComparer.Ordinal)) StandardStreams.WriteErrorLine(PlainText.Of($"{path}: warning: {problem} [VPY3044]"));
        ImmutableArray<Failure> failures = [.. _failures.OrderBy(static failure => failure.Location, StringComparer.Ordinal)];
        foreach (Failure failure in failures) StandardStreams.WriteErrorLine(failure.ToString());
        return new(
            [
                .. results.Select((result, index) => new LintedSpec(
                    sources[index].ShownPath,
                    RelativePath.Of(_root, result.Own.Spec.Path),
                    result.Own.Spec.Text,
                    [.. result.Diagnostics.Where(options.Wants)])),
            ],
            _root,
            failures,
            fixCount);
    }

    private int ExitCodeOf(int count) => !_failures.IsEmpty ? LintCommand.Failed : count > 0 && !options.ExitsWithZero ? LintCommand.HasFindings : 0;

    /// <summary>What is configured for a document. Files with equal settings share what is made of them.</summary>
    private AnalysisSettings SettingsOf(SpecDocument document)
    {
        ImmutableDictionary<string, string> settings = _editorConfig.SettingsOf(document.Text.Path);
        string key = string.Join('\n', settings.OrderBy(static setting => setting.Key, StringComparer.Ordinal).Select(static setting => $"{setting.Key}={setting.Value}"));
        AnalysisSettings read = _settings.GetOrAdd(key, _ => AnalysisSettings.Read(settings));
        foreach (SettingProblem problem in read.Problems) _problems.TryAdd(problem, RelativePath.Of(invocation.WorkingDirectory, document.Text.Path));
        return read;
    }

    /// <summary>A file that was read.</summary>
    /// <param name="Document">The file as a document.</param>
    /// <param name="ShownPath">The path in the report.</param>
    private sealed record Source(SpecDocument Document, string ShownPath);
}
