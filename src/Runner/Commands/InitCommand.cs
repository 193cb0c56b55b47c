using System.CommandLine;
using VPythonTools.Runner.Commands.Dependencies;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands;

/// <summary>Makes a spec: of what a script imports, or an empty one.</summary>
internal static class InitCommand
{
    private const string Suffix = ".vpython3";

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("init", "make a spec from what a script imports", Create, FailureExitCode: 2);

    private static Command Create(Invocation invocation)
    {
        var diff = new Option<bool>("--diff") { Description = "Make nothing; print what the spec would be." };
        var python = new Option<string>("--python")
        {
            Description = "The version of Python.",
            DefaultValueFactory = static _ => PlatformTable.Default.Pythons.Max().ToString(),
        };
        var script = new PathArgument<string?>("SCRIPT") { Description = "The script; its spec is SCRIPT.vpython3. Without one, a .vpython3 without wheels is made in the working directory.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(Verb.Name, "Makes the spec of a script: a wheel for each module that it imports and that neither Python nor its directory has, and what those need.") { diff, python, script };
        command.SetAction(parsed => Verbs.Finish(Make(invocation, parsed.GetValue(script), parsed.GetValue(python)!, parsed.GetValue(diff))));
        return command;
    }

    private static Result<int> Make(Invocation invocation, string? script, string python, bool asDifference)
    {
        if (!PythonMinor.TryParse(python, out PythonMinor version, out string? error)) return new Failure("VPY3005", $"'{python}' is no version of Python: {error}") { NextStep = "write one such as 3.11", ExitCode = 2 };
        if (script is not null && !File.Exists(Path.Combine(invocation.WorkingDirectory, script))) return new Failure("VPY3003", $"the script '{script}' does not exist") { NextStep = "correct the path, or make the script first", ExitCode = 2 };
        string path = Path.GetFullPath((script ?? "") + Suffix, invocation.WorkingDirectory);
        if (Path.Exists(path)) return new Failure("VPY3509", "there is a spec already") { Location = script + Suffix, NextStep = "vpython3 add adds wheels to it, and vpython3 lint --fix --unsafe-fixes what it lacks", ExitCode = 2 };
        return OpenedSpec.OfNew(invocation, SourceText.From($"python_version: \"{version}\"\n", path)).Then(empty =>
        {
            SpecAnalysis spec = empty.Analysis;
            string[] wanted = [new MissingImport().Descriptor.Id, new MissingDependency().Descriptor.Id];
            SourceText text = SpecFixer.Fix(spec.Document, spec.Host, spec.Settings, finding => wanted.Contains(finding.Id), withUnsafe: true, out _);
            return empty.With(text);
        }).Then(made => made.Finish(asDifference).Then<int>(exitCode =>
        {
            if (!asDifference) StandardStreams.WriteErrorLine($"made {made.ShownPath} with {made.Analysis.Wheels.Length} wheels");
            foreach (Diagnostic missing in new MissingImport().Analyze(made.Analysis)) StandardStreams.WriteErrorLine($"note: {missing.Message}");
            return exitCode;
        }));
    }
}
