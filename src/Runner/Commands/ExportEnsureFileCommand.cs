using System.Collections.Immutable;
using System.CommandLine;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.Runner.Commands;

/// <summary>Writes what specs need as a file for CIPD's own client.</summary>
internal static class ExportEnsureFileCommand
{
    private const string Subdirectory = "wheels";

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("export-ensure-file", "print what specs need as an ensure file of CIPD's client", Create);

    private static Command Create(Invocation invocation)
    {
        var platforms = new Option<string[]>("--platform") { Description = "A platform in place of the specs' own; may be repeated.", HelpName = "PLATFORM" };
        Argument<string[]> files = SpecInputs.Create();
        var command = new Command(Verb.Name, "Prints what the specs need on their platforms as an ensure file, which 'cipd ensure-file-verify -ensure-file -' takes.") { platforms, files };
        command.SetAction(parsed => Verbs.Finish(Export(invocation, parsed.GetValue(platforms) ?? [], parsed.GetValue(files) ?? [])));
        return command;
    }

    private static Result<int> Export(Invocation invocation, string[] platformNames, string[] files)
    {
        if (!SpecDemand.ReadPlatforms(platformNames).TryGet(out ImmutableArray<TargetPlatform> platforms, out Failure? failure)
            || !SpecInputs.Read(invocation, files).TryGet(out ImmutableArray<BoundSpec> specs, out failure)
            || !SpecDemand.Of(specs, platforms).TryGet(out SpecDemand? demand, out failure))
            return failure;
        string? service = null;
        if (invocation.PackageLocations.FirstOrDefault(Invocation.IsAddress) is { } location)
        {
            if (!PackageSources.ReadAddress(location).TryGet(out ServiceAddress? address, out failure)) return failure;
            service = address.ToString();
        }
        StandardStreams.WriteOutput(Make(demand, service).ToString());
        return 0;
    }

    /// <summary>
    /// Packages are named as they are on each platform, since CIPD's client knows no tags. Where one name has two versions, in two specs, it cannot be in one subdirectory: each further version
    /// goes into one of its own.
    /// </summary>
    private static EnsureFile Make(SpecDemand demand, string? service)
    {
        var groups = new List<Dictionary<PackageName, CipdVersion>>();
        foreach (DemandedPackage package in demand.Packages)
        {
            Dictionary<PackageName, CipdVersion>? free = groups.Find(group => !group.ContainsKey(package.Name));
            if (free is null) groups.Add(free = []);
            free.Add(package.Name, package.Version);
        }
        return new(
            service,
            [.. demand.Specs.SelectMany(spec => spec.Platforms).Select(platform => platform.CipdPlatform).OfType<CipdPlatform>().Select(platform => platform.ToString()).Distinct().Order(StringComparer.Ordinal)],
            [
                .. groups.Select((group, index) => (
                    index == 0 ? Subdirectory : $"{Subdirectory}{index + 1}",
                    group.Select(package => (package.Key, package.Value)).ToImmutableArray())),
            ]);
    }
}
