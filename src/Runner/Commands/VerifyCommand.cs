using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Binding;

namespace VPythonTools.Runner.Commands;

/// <summary>Makes sure that everything that specs name is there, on every platform that they are meant for.</summary>
internal static class VerifyCommand
{
    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("verify", "make sure that all packages of specs exist on all their platforms", Create);

    private static Command Create(Invocation invocation)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON instead of text." };
        var platforms = new Option<string[]>("--platform") { Description = "A platform to verify in place of the spec's own; may be repeated.", HelpName = "PLATFORM" };
        Argument<string[]> files = SpecInputs.Create();
        var command = new Command(Verb.Name, "Makes sure that every package of the specs exists at its version: for each verify_pep425_tag, or for the platforms that wheels are built for where there is none.")
        {
            json,
            platforms,
            files,
        };
        command.SetAction(parsed => Verbs.Finish(Verify(invocation, parsed.GetValue(files) ?? [], parsed.GetValue(platforms) ?? [], parsed.GetValue(json))));
        return command;
    }

    private static Result<int> Verify(Invocation invocation, string[] files, string[] platformNames, bool asJson)
    {
        if (!SpecDemand.ReadPlatforms(platformNames).TryGet(out ImmutableArray<TargetPlatform> platforms, out Failure? failure)
            || !SpecInputs.Read(invocation, files).TryGet(out ImmutableArray<BoundSpec> specs, out failure)
            || !SpecDemand.Of(specs, platforms).TryGet(out SpecDemand? demand, out failure))
            return failure;
        ImmutableArray<(DemandedPackage Package, Result<PackagePin> Pin)> answers = [];
        if (!demand.Packages.IsEmpty)
        {
            if (!invocation.Packages.Open(trustsEarlierAnswers: false).TryGet(out IPackageSource? source, out failure)) return failure;
            if (!VerbWork.Run<ImmutableArray<(DemandedPackage, Result<PackagePin>)>>(async cancellation => await demand.ResolveAsync(source, cancellation).ConfigureAwait(false)).TryGet(out answers, out failure))
                return failure;
        }
        Failure[] missing = [.. answers.SelectMany(answer => Describe(answer.Package, answer.Pin.Failure))];
        if (asJson) StandardStreams.WriteOutput(ToJson(demand, answers));
        else if (missing.Length == 0) StandardStreams.WriteOutput(Summary(demand));
        return missing.Length == 0 ? 0 : Failure.All([.. missing.DistinctBy(each => each.ToString())]);
    }

    /// <summary>A failure for each place that asks for a package that is not there, at its name or at its version.</summary>
    private static IEnumerable<Failure> Describe(DemandedPackage package, Failure? failure)
    {
        if (failure is null) return [];
        if (!MissingVersion.IsMissing(failure) && failure.Code is not (MissingVersion.TagOfSeveral or MissingVersion.NotSeen)) return [failure]; // Not about this package, but about the source.
        bool isAboutName = failure.Code is MissingVersion.NoPackage or "VPY3136";
        return package.Places.Select(place => failure with
        {
            Message = $"{failure.Message}, which {string.Join(", ", package.Platforms)} need{(package.Platforms.Count == 1 ? "s" : "")}",
            Location = isAboutName ? place.Name : place.Version,
        });
    }

    private static string Summary(SpecDemand demand)
    {
        int platforms = demand.Specs.SelectMany(spec => spec.Platforms).Select(platform => platform.Name).Distinct().Count();
        return $"{Count(demand.Specs.Count, "spec")}, {Count(platforms, "platform")}: {Count(demand.Packages.Length, "package")}, all there\n";
    }

    private static string Count(int number, string thing) => $"{number} {thing}{(number == 1 ? "" : "s")}";

    private static string ToJson(SpecDemand demand, ImmutableArray<(DemandedPackage Package, Result<PackagePin> Pin)> answers) => JsonText.Write(json =>
    {
        json.WriteBoolean("ok", answers.All(answer => answer.Pin.Failure is null));
        json.WriteStartArray("specs");
        foreach ((BoundSpec spec, ImmutableArray<TargetPlatform> platforms) in demand.Specs)
        {
            json.WriteStartObject();
            json.WriteString("path", spec.Document.Text.Path);
            json.WriteStrings("platforms", platforms.Select(platform => platform.Name));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("packages");
        foreach ((DemandedPackage package, Result<PackagePin> pin) in answers) WritePackage(json, package, pin);
        json.WriteEndArray();
    });

    private static void WritePackage(Utf8JsonWriter json, DemandedPackage package, Result<PackagePin> pin)
    {
        json.WriteStartObject();
        json.WriteString("name", package.Name.Value);
        json.WriteString("version", package.Version.Value);
        json.WriteString("instance", pin.TryGet(out PackagePin found, out _) ? found.Instance.Value : null);
        json.WriteStrings("platforms", package.Platforms);
        json.WriteStrings("locations", package.Places.Select(place => place.Name));
        json.WriteFailure("error", pin.Failure);
        json.WriteEndObject();
    }
}
