using System.Collections.Immutable;
using System.CommandLine;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Commands.Packages;

/// <summary><c>package ls</c>: packages and prefixes below a prefix, the instances of a package, or its refs.</summary>
internal static class PackageListCommand
{
    private const int InstancesShown = 50;

    /// <summary>The command.</summary>
    public static Command Create(Invocation invocation)
    {
        var isRecursive = new Option<bool>("--recursive", "-r") { Description = "List all packages below, not only the next level." };
        var instances = new Option<bool>("--instances") { Description = "List the instances of the package PREFIX, the newest first." };
        var refs = new Option<bool>("--refs") { Description = "List the refs of the package PREFIX, and the instance that each names." };
        var tags = new Option<string[]>("--tag")
        {
            Description = "List the instances of the package PREFIX that have this tag; given several times, those that have all of them.",
            HelpName = "KEY:VALUE",
            DefaultValueFactory = _ => [],
        };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of text." };
        var prefix = new Argument<string>("PREFIX") { Description = "A prefix of package names, such as infra/python/wheels; the root when it is left out.", DefaultValueFactory = _ => "" };
        var command = new Command("ls", "Lists packages and prefixes below a prefix, or the instances of a package.") { isRecursive, instances, refs, tags, json, prefix };
        command.SetAction(parsed => Verbs.Finish(parsed.GetValue(refs)
            ? ListRefs(invocation, parsed.GetValue(prefix)!, parsed.GetValue(json))
            : parsed.GetValue(instances) || parsed.GetValue(tags) is [_, ..]
            ? ListInstances(invocation, parsed.GetValue(prefix)!, parsed.GetValue(tags)!, parsed.GetValue(json))
            : List(invocation, parsed.GetValue(prefix)!.TrimEnd('/'), parsed.GetValue(isRecursive), parsed.GetValue(json))));
        return command;
    }

    private static Result<int> List(Invocation invocation, string prefix, bool isRecursive, bool asJson)
    {
        if (prefix.Length > 0 && !PackageName.TryParse(prefix, out _, out string? error)) return new Failure("VPY3005", error) { ExitCode = 2 };
        if (!invocation.Packages.Open().TryGet(out IPackageSource? source, out Failure? failure)) return failure;
        return VerbWork.Run<PrefixListing>(async cancellation => await source.ListAsync(prefix, isRecursive, cancellation).ConfigureAwait(false)).Then<int>(listing =>
        {
            if (asJson)
            {
                StandardStreams.WriteOutput(JsonText.Write(json =>
                {
                    json.WriteStrings("packages", listing.Packages);
                    json.WriteStrings("prefixes", listing.Prefixes);
                }));
                return 0;
            }
            IEnumerable<string> names = isRecursive ? listing.Packages : listing.Packages.Concat(listing.Prefixes.Select(below => below + "/")).Order(StringComparer.Ordinal);
            StandardStreams.WriteOutput(string.Concat(names.Select(name => PlainText.Of(name) + "\n")));
            return 0;
        });
    }

    private static Result<int> ListInstances(Invocation invocation, string name, string[] tags, bool asJson)
    {
        if (!PackageName.TryParse(name, out PackageName package, out string? error)) return new Failure("VPY3005", error) { ExitCode = 2 };
        var wanted = ImmutableArray.CreateBuilder<CipdVersion>();
        foreach (string text in tags)
        {
            if (!CipdVersion.TryParse(text, out CipdVersion tag, out error) || tag.Kind != CipdVersionKind.Tag)
                return new Failure("VPY3005", $"--tag: {error ?? $"'{text}' is no tag, which is written key:value"}") { ExitCode = 2 };
            wanted.Add(tag);
        }
        if (!invocation.Packages.Open().TryGet(out IPackageSource? source, out Failure? failure)) return failure;
        var listing = new PackageListing(source, InstancesShown);
        return VerbWork.Run(cancellation => wanted.Count == 0
            ? listing.DescribeAsync(package, cancellation)
            : listing.DescribeAsync(package, wanted.ToImmutable(), cancellation)).Then<int>(instances =>
        {
            if (asJson)
            {
                StandardStreams.WriteOutput(JsonText.Write(json =>
                {
                    json.WriteStartArray("instances");
                    foreach (InstanceDescription instance in instances)
                    {
                        json.WriteStartObject();
                        InstanceText.WriteMembers(json, instance);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                }));
                return 0;
            }
            StandardStreams.WriteOutput(TextTable.Write([.. instances.Select(instance => (string[])
                [instance.Pin.Instance.Value, InstanceText.Date(instance.RegisteredAt) ?? "", string.Join(' ', instance.Tags.Concat(instance.Refs.Select(reference => $"[{reference}]")))])]));
            return 0;
        });
    }

    private static Result<int> ListRefs(Invocation invocation, string name, bool asJson)
    {
        if (!PackageName.TryParse(name, out PackageName package, out string? error)) return new Failure("VPY3005", error) { ExitCode = 2 };
        if (!invocation.Packages.Open().TryGet(out IPackageSource? source, out Failure? failure)) return failure;
        return VerbWork.Run<ImmutableArray<PackageRef>>(async cancellation => await source.ListRefsAsync(package, cancellation).ConfigureAwait(false)).Then<int>(refs =>
        {
            if (!asJson)
            {
                StandardStreams.WriteOutput(TextTable.Write([.. refs.Select(reference => (string[])[reference.Name, reference.Pin.Instance.Value, InstanceText.Date(reference.MovedAt) ?? ""])]));
                return 0;
            }
            StandardStreams.WriteOutput(JsonText.Write(json =>
            {
                json.WriteStartArray("refs");
                foreach (PackageRef reference in refs)
                {
                    json.WriteStartObject();
                    json.WriteString("name", reference.Name);
                    json.WriteString("instance", reference.Pin.Instance.Value);
                    json.WriteString("moved_at", InstanceText.JsonDate(reference.MovedAt));
                    json.WriteString("moved_by", reference.MovedBy);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }));
            return 0;
        });
    }
}
