using System.Collections.Immutable;
using System.CommandLine;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Search;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands;

/// <summary>The specs that a verb works on.</summary>
internal static class SpecInputs
{
    /// <summary>The argument that names them.</summary>
    public static Argument<string[]> Create() => new("FILE")
    {
        Description = "Specs, scripts, and directories, of which all specs and scripts with a spec in them are taken; without any, the spec that -vpython-spec names or that applies in the working directory.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Reads and binds all of them; a failure with every mistake in any.</summary>
    public static Result<ImmutableArray<BoundSpec>> Read(Invocation invocation, IReadOnlyList<string> files) =>
        files.Count == 0 ? ReadDefault(invocation) : ReadNamed(invocation, files);

    private static Result<ImmutableArray<BoundSpec>> ReadDefault(Invocation invocation)
    {
        if (!FindApplying(invocation, []).TryGet(out EnvironmentPreparation.SpecBinding? binding, out Failure? failure)) return failure;
        return binding.Spec is { } spec
            ? ImmutableArray.Create(spec)
            : new Failure("VPY3005", "no spec applies in the working directory") { NextStep = "name specs, scripts or directories behind the verb", ExitCode = 2 };
    }

    private static Result<EnvironmentPreparation.SpecBinding> FindApplying(Invocation invocation, string[] script) =>
        invocation.ForRun(script).Then(run => SpecSearch.Find(run)).Then(EnvironmentPreparation.BindSpec);

    private static Result<ImmutableArray<BoundSpec>> ReadNamed(Invocation invocation, IReadOnlyList<string> files)
    {
        var specs = ImmutableArray.CreateBuilder<BoundSpec>();
        var failures = new List<Failure>();
        foreach ((string full, string shown, bool isNamed) in files.SelectMany(file => Expand(invocation.WorkingDirectory, file)))
        {
            SpecDocument document;
            try
            {
                document = SpecDocument.Parse(SourceText.From(File.ReadAllBytes(full), shown), SpecDocument.KindOf(full));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                failures.Add(new("VPY3006", $"cannot be read: {exception.Message}") { Location = shown });
                continue;
            }
            if (document.Region is not null || document.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            {
                var spec = BoundSpec.Bind(document);
                if (!spec.HasErrors) specs.Add(spec);
                failures.AddRange(EnvironmentPreparation.ErrorsOf(spec));
            }
            else if (isNamed)
            {
                // A script without a spec in it has one beside it or further up.
                if (!FindApplying(invocation, [full]).TryGet(out EnvironmentPreparation.SpecBinding? binding, out Failure? failure)) failures.Add(failure);
                else if (binding.Spec is { } applying) specs.Add(applying);
                else failures.Add(new("VPY3007", "no spec applies to this script") { Location = shown });
            }
        }
        return failures.Count == 0 ? specs.ToImmutable() : Failure.All(failures);
    }

    private static IEnumerable<(string Full, string Shown, bool IsNamed)> Expand(string workingDirectory, string file)
    {
        string full = Path.GetFullPath(file, workingDirectory);
        return Directory.Exists(full) ? SpecFiles.In(full).Where(static inside => !SpecFileName.IsMisnamed(inside.Path)).Select(inside => (inside.Path, Path.Combine(file, Path.GetRelativePath(full, inside.Path)), false)) : [(full, file, true)];
    }
}
