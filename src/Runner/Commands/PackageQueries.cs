using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Commands;

/// <summary>The parts of <c>package</c> that ask a source: what a person needs who looks for a wheel.</summary>
internal static class PackageQueries
{
    private const int InstancesShown = 50;

    /// <summary><c>package ls</c>.</summary>
    public static Command CreateList(Invocation invocation)
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
        var json = CreateJson();
        var prefix = new Argument<string>("PREFIX") { Description = "A prefix of package names, such as infra/python/wheels; the root when it is left out.", DefaultValueFactory = _ => "" };
        var command = new Command("ls", "Lists packages and prefixes below a prefix, or the instances of a package.") { isRecursive, instances, refs, tags, json, prefix };
        command.SetAction(parsed => Verbs.Finish(parsed.GetValue(refs)
            ? ListRefs(invocation, parsed.GetValue(prefix)!, parsed.GetValue(json))
            : parsed.GetValue(instances) || parsed.GetValue(tags) is [_, ..]
            ? ListInstances(invocation, parsed.GetValue(prefix)!, parsed.GetValue(tags)!, parsed.GetValue(json))
            : List(invocation, parsed.GetValue(prefix)!.TrimEnd('/'), parsed.GetValue(isRecursive), parsed.GetValue(json))));
        return command;
    }

    /// <summary><c>package describe</c>.</summary>
    public static Command CreateDescribe(Invocation invocation)
    {
        var json = CreateJson();
        (Argument<string> name, Argument<string> version) = CreatePackage();
        var command = new Command("describe", "Tells what is known of an instance: its tags and refs, when it was registered and by whom.") { json, name, version };
        command.SetAction(parsed => Verbs.Finish(WithPin(invocation, parsed.GetValue(name)!, parsed.GetValue(version)!, async (source, pin, cancellation) =>
        {
            if (!(await source.DescribeAsync(pin, cancellation).ConfigureAwait(false)).TryGet(out InstanceDescription? description, out Failure? failure)) return failure;
            StandardStreams.WriteOutput(parsed.GetValue(json) ? JsonText.Write(writer => WriteMembers(writer, description)) : ToText(description));
            return 0;
        })));
        return command;
    }

    /// <summary><c>package resolve</c>.</summary>
    public static Command CreateResolve(Invocation invocation)
    {
        var json = CreateJson();
        (Argument<string> name, Argument<string> version) = CreatePackage();
        var command = new Command("resolve", "Prints the instance ID that a version means.") { json, name, version };
        command.SetAction(parsed => Verbs.Finish(WithPin(invocation, parsed.GetValue(name)!, parsed.GetValue(version)!, (_, pin, _) =>
        {
            StandardStreams.WriteOutput(parsed.GetValue(json)
                ? JsonText.Write(writer =>
                {
                    writer.WriteString("name", pin.Name.Value);
                    writer.WriteString("version", parsed.GetValue(version)!);
                    writer.WriteString("instance", pin.Instance.Value);
                })
                : pin.Instance + "\n");
            return Task.FromResult<Result<int>>(0);
        })));
        return command;
    }

    /// <summary><c>package fetch</c>.</summary>
    public static Command CreateFetch(Invocation invocation)
    {
        var to = new Option<string>("--to") { Description = "Where the instance file goes: a file, or a directory, in which it is named by its instance ID.", HelpName = "PATH", Required = true };
        var wheels = new Option<bool>("--wheels") { Description = "Write the wheels in the package, not the package; --to is a directory then." };
        (Argument<string> name, Argument<string> version) = CreatePackage();
        var command = new Command("fetch", "Fetches an instance, checked against its ID, and prints the path of what was written.") { to, wheels, name, version };
        command.SetAction(parsed => Verbs.Finish(Fetch(
            invocation, parsed.GetValue(name)!, parsed.GetValue(version)!, Path.GetFullPath(parsed.GetValue(to)!, invocation.WorkingDirectory), parsed.GetValue(wheels))));
        return command;
    }

    private static Option<bool> CreateJson() => new("--json") { Description = "Print JSON instead of text." };

    private static (Argument<string> Name, Argument<string> Version) CreatePackage() => (
        new("NAME") { Description = "The CIPD name of the package." },
        new("VERSION") { Description = "A tag (key:value), a ref or an instance ID.", DefaultValueFactory = _ => "latest" });

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
                        WriteMembers(json, instance);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                }));
                return 0;
            }
            StandardStreams.WriteOutput(TextTable.Write([.. instances.Select(instance => (string[])
                [instance.Pin.Instance.Value, Date(instance.RegisteredAt) ?? "", string.Join(' ', instance.Tags.Concat(instance.Refs.Select(reference => $"[{reference}]")))])]));
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
                StandardStreams.WriteOutput(TextTable.Write([.. refs.Select(reference => (string[])[reference.Name, reference.Pin.Instance.Value, Date(reference.MovedAt) ?? ""])]));
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
                    json.WriteString("moved_at", JsonDate(reference.MovedAt));
                    json.WriteString("moved_by", reference.MovedBy);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }));
            return 0;
        });
    }

    private static Result<int> Fetch(Invocation invocation, string name, string version, string to, bool onlyWheels) =>
        WithPin(invocation, name, version, async (source, pin, cancellation) =>
        {
            if (!(await source.FetchAsync(pin, cancellation).ConfigureAwait(false)).TryGet(out InstanceFile? instance, out Failure? failure)) return failure;
            using (instance)
            {
                try
                {
                    ImmutableArray<string> written = onlyWheels ? ExtractWheels(instance, to) : [Write(instance, to, cancellation)];
                    if (written.IsEmpty) return new Failure("VPY3113", $"The instance {pin.Instance} of the package '{pin.Name}' holds no wheel: no file at its root ends in .whl") { NextStep = "fetch it without --wheels" };
                    StandardStreams.WriteOutput(string.Concat(written.Select(path => path + "\n")));
                    return 0;
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    return new Failure("VPY3115", $"'{to}' cannot be written: {AtomicFile.Reason(exception)}") { NextStep = "free space, make its directory or mend its permissions, or name another path with --to" };
                }
                catch (InvalidDataException exception)
                {
                    return new Failure("VPY3110", $"The instance {pin.Instance} of the package '{pin.Name}' is not a sound archive: {exception.Message}");
                }
            }
        });

    private static ImmutableArray<string> ExtractWheels(InstanceFile instance, string to)
    {
        Directory.CreateDirectory(to);
        return instance.ExtractWheels(to);
    }

    private static string Write(InstanceFile instance, string to, CancellationToken cancellation)
    {
        string path = Directory.Exists(to) ? Path.Combine(to, instance.Pin.Instance.Value) : to;
        AtomicFile.Make(Path.GetDirectoryName(path)!, aside =>
        {
            using FileStream output = File.Create(aside);
            instance.CopyTo(output, cancellation);
            return path;
        });
        return path;
    }

    private static Result<int> WithPin(Invocation invocation, string name, string version, Func<IPackageSource, PackagePin, CancellationToken, Task<Result<int>>> work)
    {
        if (!PackageName.TryParse(name, out PackageName package, out string? error)) return new Failure("VPY3005", error) { ExitCode = 2 };
        if (!CipdVersion.TryParse(version, out CipdVersion wanted, out error)) return new Failure("VPY3005", error) { ExitCode = 2 };
        if (!invocation.Packages.Open().TryGet(out IPackageSource? source, out Failure? failure)) return failure;
        return VerbWork.Run<int>(async cancellation =>
            (await source.ResolveAsync(package, wanted, cancellation).ConfigureAwait(false)).TryGet(out PackagePin pin, out Failure? missing)
                ? await work(source, pin, cancellation).ConfigureAwait(false)
                : missing);
    }

    private static string ToText(InstanceDescription instance)
    {
        var rows = new List<string[]> { (string[])["package", instance.Pin.Name.Value], (string[])["instance", instance.Pin.Instance.Value] };
        if (Date(instance.RegisteredAt) is { } date) rows.Add(["registered", $"{date}{(instance.RegisteredBy is { } who ? $" by {who}" : "")}"]);
        rows.AddRange(instance.Refs.Select(reference => (string[])["ref", reference]));
        rows.AddRange(instance.Tags.Select(tag => (string[])["tag", tag]));
        return TextTable.Write(rows);
    }

    private static string? Date(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string? JsonDate(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void WriteMembers(Utf8JsonWriter json, InstanceDescription instance)
    {
        json.WriteString("name", instance.Pin.Name.Value);
        json.WriteString("instance", instance.Pin.Instance.Value);
        json.WriteString("registered_at", JsonDate(instance.RegisteredAt));
        json.WriteString("registered_by", instance.RegisteredBy);
        json.WriteStrings("refs", instance.Refs);
        json.WriteStrings("tags", instance.Tags);
    }
}
