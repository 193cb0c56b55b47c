using System.CommandLine;
using VPythonTools.Runner.Commands.Dependencies;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Commands;

/// <summary>Adds wheels to a spec, with what they need.</summary>
internal static class AddCommand
{
    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("add", "add wheels to a spec, with what they need", Create, FailureExitCode: 2);

    private static Command Create(Invocation invocation)
    {
        var diff = new Option<bool>("--diff") { Description = "Change nothing; print what would change." };
        var words = new PathArgument<string[]>("NAME[==VERSION]")
        {
            Description = "Distributions, such as requests or requests==2.31.0, or package names; behind them, the file of the spec, or a script. Without a file it is the spec that applies in the working directory.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command(Verb.Name, "Adds wheels to a spec, with what they need. The rest of the text stays as it is.") { diff, words };
        command.SetAction(parsed => Verbs.Finish(WheelNames.Split(invocation.WorkingDirectory, parsed.GetValue(words) ?? [], mayBeAll: false).Then(split => OpenedSpec.Open(invocation, split.File).Then(spec => Add(spec, split.Names, parsed.GetValue(diff))))));
        return command;
    }

    private static Result<int> Add(OpenedSpec opened, string[] names, bool asDifference)
    {
        SpecAnalysis spec = opened.Analysis;
        var wheels = new List<ClosureWheel>();
        var lines = new List<string>();
        foreach (string name in names)
        {
            if (!Choose(opened, name).TryGet(out ClosureWheel? wheel, out Failure? failure)) return failure;
            if (spec.Wheels.FirstOrDefault(entry => entry.Package?.Distribution == wheel.Distribution) is { } present)
            {
                return new Failure("VPY3506", $"'{wheel.Distribution}' is in the spec already, as '{present.Name}' in the version '{present.Version.Text}'")
                {
                    Location = $"{opened.ShownPath}:{spec.Text.GetCharacterPosition(present.NameSpan.Start)}",
                    NextStep = "vpython3 upgrade-wheels brings newer versions; vpython3 remove takes it out",
                    ExitCode = 2,
                };
            }
            // A number of its own makes it count as one that the spec gives.
            wheels.Add(wheel with { Index = spec.Wheels.Length + wheels.Count });
            lines.Add($"added {wheel.Name} {wheel.Version.Text}");
        }
        var additions = DependencyAdditions.OfJoining(spec, [.. wheels]);
        lines.AddRange(additions.Wheels.Select(static added => $"added {added.Name} {added.Version} ({added.Comment})"));
        var editor = new SpecEditor(spec.Tree);
        IEnumerable<(string Name, string? Version, string Comment)> all = [.. wheels.Select(static wheel => (wheel.Name, (string?)wheel.Version.Text, "")), .. additions.Wheels];
        return opened.With(editor.AddWheels(spec.Wheels, all)).Then(changed => changed.Finish(asDifference)).Then<int>(exitCode =>
        {
            foreach (string line in lines.Concat(additions.Notes.Select(static note => $"note: {note}"))) StandardStreams.WriteErrorLine(line);
            return exitCode;
        });
    }

    private static Result<ClosureWheel> Choose(OpenedSpec opened, string word)
    {
        int equals = word.IndexOf("==", StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        string? number = equals < 0 ? null : word[(equals + 2)..];
        if (!WheelNames.Read(name).TryGet(out DistributionName distribution, out Failure? failure)) return failure;
        PackageCatalogue catalogue = opened.Analysis.Catalogue;
        if (catalogue.FindDistribution(distribution) is not { } known)
        {
            string[] near = [.. catalogue.NearestPackages(name).Select(static package => package.Distribution.Name.Value).Distinct()];
            return new Failure("VPY3507", $"the catalogue has no wheel of '{name}'")
            {
                NextStep = near.Length > 0 ? $"was one of these meant: {string.Join(", ", near)}? Otherwise write the package into the spec, or vpython3 catalog import it" : "write the package into the spec, or vpython3 catalog import it",
                ExitCode = 2,
            };
        }
        if (number is null)
        {
            return WheelChoice.Find(known, opened.Platforms, [.. opened.Analysis.Closure.NeedsOf(distribution)]) is { } choice
                ? new ClosureWheel(choice.Package.Name, distribution, choice.Version.Version, opened.Platforms)
                : new Failure("VPY3507", $"the catalogue has no version of '{name}' that suits the platforms of the spec and what is needed of it") { NextStep = $"name one: {name}==VERSION", ExitCode = 2 };
        }
        (CataloguePackage Package, CatalogueVersion Version)[] versions =
        [
            .. from package in known.Packages
               from version in package.Versions
               where version.Version.Text == number || version.Version.Number == number
               orderby opened.Platforms.Count(platform => version.Availability.Covers(platform) == false)
               select (package, version),
        ];
        if (versions.Length > 0) return new ClosureWheel(versions[0].Package.Name, distribution, versions[0].Version.Version, opened.Platforms);
        string[] nearest = [.. known.Packages.SelectMany(package => package.NearestVersions("version:" + number)).Select(static version => version.Version.Number).Distinct().Take(5)];
        return new Failure("VPY3507", $"the catalogue has no version {number} of '{name}'") { NextStep = $"it has {string.Join(", ", nearest)}", ExitCode = 2 };
    }
}
