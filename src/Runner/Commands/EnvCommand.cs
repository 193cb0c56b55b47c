using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments.Upkeep;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Commands;

/// <summary>Shows environments and looks after them.</summary>
internal static class EnvCommand
{
    private const int ShownId = 12;

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("env", "list, verify, repair or remove environments", Create);

    private static Command Create(Invocation invocation) => new(Verb.Name, "Shows the environments of the root and looks after them.")
    {
        CreateList(invocation),
        CreateInfo(invocation),
        CreatePath(invocation),
        CreateVerify(invocation),
        CreateRepair(invocation),
        CreateRemove(invocation),
    };

    private static Option<bool> Json() => new("--json") { Description = "Print JSON instead of text." };

    private static PathArgument<string[]> Environments(ArgumentArity arity) => new("ENVIRONMENT")
    {
        Description = "An identity or the beginning of one, a path of an environment or in it, or a script, whose environment is meant.",
        Arity = arity,
    };

    private static Command CreateList(Invocation invocation)
    {
        Option<bool> json = Json();
        var command = new Command("list", "Lists environments, the last used first: what each occupies (a file with several names counted once), what of that would be free without it, its last use, its Python, how many packages it has, and whom it was made for.") { json };
        command.SetAction(parsed => Verbs.Finish(List(invocation, parsed.GetValue(json))));
        return command;
    }

    private static Command CreateInfo(Invocation invocation)
    {
        Option<bool> json = Json();
        PathArgument<string[]> which = Environments(ArgumentArity.OneOrMore);
        var command = new Command("info", "Tells what is known of environments: where they are, what they were made from and for, and when they were used last.") { json, which };
        command.SetAction(parsed => Verbs.Finish(ForEach(invocation, parsed.GetValue(which)!, ids => Show(invocation, ids, parsed.GetValue(json)))));
        return command;
    }

    private static Command CreatePath(Invocation invocation)
    {
        PathArgument<string[]> which = Environments(ArgumentArity.OneOrMore);
        var command = new Command("path", "Prints the directories of environments.") { which };
        command.SetAction(parsed => Verbs.Finish(ForEach(invocation, parsed.GetValue(which)!, ids =>
        {
            StandardStreams.WriteOutput(string.Concat(ids.Select(id => invocation.Layout.Environment(id) + "\n")));
            return 0;
        })));
        return command;
    }

    private static Command CreateVerify(Invocation invocation)
    {
        Option<bool> json = Json();
        PathArgument<string[]> which = Environments(ArgumentArity.ZeroOrMore);
        var command = new Command("verify", "Compares every file of environments with what it was; without an argument, of all. The exit code is 1 when something is missing or changed.") { json, which };
        command.SetAction(parsed => Verbs.Finish(ForEach(invocation, parsed.GetValue(which)!, ids => Verify(invocation, ids, parsed.GetValue(json)))));
        return command;
    }

    private static Command CreateRepair(Invocation invocation)
    {
        PathArgument<string[]> which = Environments(ArgumentArity.ZeroOrMore);
        var always = new Option<bool>("--always") { Description = "Build them anew even where nothing is wrong." };
        var command = new Command("repair", "Verifies environments and builds those anew in which something is missing or changed; without an argument, of all. Whoever runs in a damaged one keeps it.") { always, which };
        command.SetAction(parsed => Verbs.Finish(ForEach(invocation, parsed.GetValue(which)!, ids => Repair(invocation, ids, parsed.GetValue(always)))));
        return command;
    }

    private static Command CreateRemove(Invocation invocation)
    {
        PathArgument<string[]> which = Environments(ArgumentArity.ZeroOrMore);
        var all = new Option<bool>("--all") { Description = "Remove all that are not in use." };
        var command = new Command("remove", "Removes environments. Those in use stay; the next run of their scripts builds the others again.") { all, which };
        command.SetAction(parsed =>
        {
            string[] named = parsed.GetValue(which)!;
            if (named.Length > 0 == parsed.GetValue(all)) return Verbs.Finish(new Failure("VPY3005", named.Length > 0 ? "--all and names of environments exclude each other" : "nothing says which environments are to be removed") { NextStep = "name them as 'vpython3 env list' shows them, or say --all", ExitCode = Verbs.UsageExitCode });
            return Verbs.Finish(ForEach(invocation, named, ids => Remove(invocation, ids, mindsUse: named.Length > 0)));
        });
        return command;
    }

    /// <summary>Does something with the environments that are named, or with all; a name that is none ends it before anything is done.</summary>
    private static Result<int> ForEach(Invocation invocation, string[] named, Func<ImmutableArray<string>, Result<int>> work)
    {
        var inventory = new EnvironmentInventory(invocation);
        if (named.Length == 0) return work([.. inventory.All().Select(environment => environment.Id)]);
        var ids = ImmutableArray.CreateBuilder<string>();
        foreach (string text in named)
        {
            if (!inventory.Find(text).TryGet(out string? id, out Failure? failure)) return failure;
            if (!ids.Contains(id)) ids.Add(id);
        }
        return work(ids.ToImmutable());
    }

    private static Result<int> List(Invocation invocation, bool asJson)
    {
        var usage = new DiskUsage();
        (StoredEnvironment Environment, TreeUsage Usage)[] all = [.. new EnvironmentInventory(invocation).All().Select(environment => (environment, usage.Add(environment.Path)))];
        if (asJson)
        {
            StandardStreams.WriteOutput(JsonText.Write(json =>
            {
                json.WriteString("root", invocation.Layout.Root);
                json.WriteNumber("bytes", usage.Bytes);
                json.WriteStartArray("environments");
                foreach ((StoredEnvironment environment, TreeUsage tree) in all) Write(json, environment, tree);
                json.WriteEndArray();
            }));
            return 0;
        }
        if (all.Length == 0)
        {
            StandardStreams.WriteOutput($"no environments in {PlainText.Of(invocation.Layout.Root)}\n");
            return 0;
        }
        DateTime now = DateTime.UtcNow;
        StandardStreams.WriteOutput(TextTable.Write(
        [
            ["ID", "SIZE", "OWN", "USED", "PYTHON", "PACKAGES", "FOR"],
            .. all.Select(each => (string[])
            [
                each.Environment.Id[..ShownId],
                Amounts.Bytes(each.Usage.Bytes),
                Amounts.Bytes(each.Usage.OwnBytes),
                !each.Environment.IsReady ? "damaged" : each.Environment.IsInUse ? "now" : Amounts.Ago(now - each.Environment.LastUse),
                each.Environment.Record?.Interpreter.Version ?? "?",
                each.Environment.Record?.Packages.Length.ToString(CultureInfo.InvariantCulture) ?? "?",
                each.Environment.Record?.Users.FirstOrDefault() is { } user ? user.Script ?? user.Spec ?? "-" : "?",
            ]),
        ]));
        StandardStreams.WriteOutput($"{Amounts.Count(all.Length, "environment")}, {Amounts.Bytes(usage.Bytes)} together, in {PlainText.Of(invocation.Layout.Root)}\n");
        return 0;
    }

    private static Result<int> Show(Invocation invocation, ImmutableArray<string> ids, bool asJson)
    {
        var inventory = new EnvironmentInventory(invocation);
        var usage = new DiskUsage();
        (StoredEnvironment Environment, TreeUsage Usage)[] all = [.. inventory.Describe(ids).Select(environment => (environment, usage.Add(environment.Path)))];
        StandardStreams.WriteOutput(asJson
            ? JsonText.Write(json =>
            {
                json.WriteStartArray("environments");
                foreach ((StoredEnvironment environment, TreeUsage tree) in all) Write(json, environment, tree);
                json.WriteEndArray();
            })
            : string.Join('\n', all.Select(each => Describe(each.Environment, each.Usage))));
        return 0;
    }

    private static string Describe(StoredEnvironment environment, TreeUsage usage)
    {
        var text = new StringBuilder();
        Row("environment", environment.Id);
        Row("path", environment.Path);
        Row("size", $"{Amounts.Bytes(usage.Bytes)} in {Amounts.Count(usage.Files, "file")}; {Amounts.Bytes(usage.OwnBytes)} would be free without it");
        Row("last use", environment.IsInUse ? "now" : $"{environment.LastUse:u}, {Amounts.Ago(DateTime.UtcNow - environment.LastUse)}");
        Row("ready", environment.IsReady ? "yes" : "no: it is damaged, and the next run builds it anew");
        if (environment.Record is not { } record)
        {
            Row("made", "nothing is remembered of that");
            return text.ToString();
        }
        Row("made", $"{record.Made:u} from {record.Interpreter.Path} (Python {record.Interpreter.Version})");
        Row("packages", record.Packages.IsEmpty ? "none" : record.Packages.Length.ToString(CultureInfo.InvariantCulture));
        foreach (EnvironmentRecord.Package package in record.Packages) text.Append("  ").Append(PlainText.Of($"{package.Name} {package.Version} = {package.Instance}")).Append('\n');
        Row("made for", record.Users.IsEmpty ? "nobody yet" : "");
        foreach (EnvironmentRecord.User user in record.Users)
            text.Append("  ").Append(PlainText.Of($"{user.Script ?? "a command or a prompt"}, {(user.Spec is { } spec ? "spec " + spec : "without a spec")}, {user.Last:u}")).Append('\n');
        return text.ToString();

        void Row(string name, string value) => text.Append($"{name,-13}{PlainText.Of(value)}".TrimEnd()).Append('\n');
    }

    private static void Write(Utf8JsonWriter json, StoredEnvironment environment, TreeUsage usage)
    {
        json.WriteStartObject();
        json.WriteString("id", environment.Id);
        json.WriteString("path", environment.Path);
        json.WriteBoolean("ready", environment.IsReady);
        json.WriteBoolean("in_use", environment.IsInUse);
        json.WriteString("last_used", environment.LastUse);
        json.WriteNumber("bytes", usage.Bytes);
        json.WriteNumber("own_bytes", usage.OwnBytes);
        json.WriteNumber("files", usage.Files);
        if (environment.Record is { } record)
        {
            json.WriteString("made", record.Made);
            json.WriteStartObject("interpreter");
            json.WriteString("path", record.Interpreter.Path);
            json.WriteString("version", record.Interpreter.Version);
            json.WriteEndObject();
            json.WriteStartArray("packages");
            foreach (EnvironmentRecord.Package package in record.Packages)
            {
                json.WriteStartObject();
                json.WriteString("name", package.Name);
                json.WriteString("version", package.Version);
                json.WriteString("instance", package.Instance);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("made_for");
            foreach (EnvironmentRecord.User user in record.Users)
            {
                json.WriteStartObject();
                json.WriteString("script", user.Script);
                json.WriteString("spec", user.Spec);
                json.WriteString("last", user.Last);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static Result<int> Verify(Invocation invocation, ImmutableArray<string> ids, bool asJson)
    {
        (string Id, ContentFault[] Faults)[] all = [.. ids.Select(id => (id, FindFaults(invocation, id)))];
        bool isSound = all.All(each => each.Faults.Length == 0);
        StandardStreams.WriteOutput(asJson ? ToJson(all, isSound) : ToText(all));
        return isSound ? 0 : 1;
    }

    private static ContentFault[] FindFaults(Invocation invocation, string id) =>
        [.. EnvironmentContent.Check(invocation.Layout.Environment(id), new EnvironmentRecords(invocation.Layout, invocation.Log).Find(id)?.Content ?? []).Distinct().OrderBy(fault => fault.Path, StringComparer.Ordinal)];

    private static string ToText((string Id, ContentFault[] Faults)[] all)
    {
        var text = new StringBuilder();
        foreach ((string id, ContentFault[] faults) in all)
        {
            foreach (ContentFault fault in faults) text.Append(PlainText.Of($"{id}/{fault.Path}: {Word(fault.Kind)}")).Append('\n');
        }
        int damaged = all.Count(each => each.Faults.Length > 0);
        return text.Append(Amounts.Count(all.Length, "environment")).Append(damaged == 0 ? ", all as they were made\n" : $", {damaged} damaged; vpython3 env repair builds them anew\n").ToString();
    }

    private static string ToJson((string Id, ContentFault[] Faults)[] all, bool isSound) => JsonText.Write(json =>
    {
        json.WriteBoolean("ok", isSound);
        json.WriteStartArray("environments");
        foreach ((string id, ContentFault[] faults) in all)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteStartArray("faults");
            foreach (ContentFault fault in faults)
            {
                json.WriteStartObject();
                json.WriteString("path", fault.Path);
                json.WriteString("kind", JsonNamingPolicy.KebabCaseLower.ConvertName(fault.Kind.ToString()));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    private static string Word(ContentFaultKind kind) => kind switch
    {
        ContentFaultKind.Missing => "missing",
        ContentFaultKind.Changed => "changed",
        ContentFaultKind.LinkLeadsNowhere => "a link that leads nowhere",
        _ => "cannot be read",
    };

    private static Result<int> Repair(Invocation invocation, ImmutableArray<string> ids, bool always)
    {
        var failures = new List<Failure>();
        int repaired = 0;
        foreach (string id in ids)
        {
            if (!always && FindFaults(invocation, id).Length == 0) continue;
            if (new EnvironmentRepair(invocation).Rebuild(id).TryGet(out _, out Failure? failure)) repaired++;
            else failures.Add(failure);
        }
        StandardStreams.WriteOutput($"{Amounts.Count(repaired, "environment")} built anew, {ids.Length - repaired - failures.Count} as they were\n");
        return failures.Count == 0 ? 0 : Failure.All(failures);
    }

    private static Result<int> Remove(Invocation invocation, ImmutableArray<string> ids, bool mindsUse)
    {
        var collector = new StoreCollector(invocation.Layout, invocation.Log);
        var failures = new List<Failure>();
        int removed = 0;
        int inUse = 0;
        long free = 0;
        foreach (string id in ids)
        {
            long own = new DiskUsage().Add(invocation.Layout.Environment(id)).OwnBytes;
            switch (collector.Remove(id))
            {
                case Removal.Done:
                    removed++;
                    free += own;
                    break;
                case Removal.IsInUse:
                    inUse++;
                    var stays = new Failure("VPY3027", $"environment {id} is in use and stays") { NextStep = "end what runs in it first" };
                    if (mindsUse) failures.Add(stays);
                    else invocation.Log.Warning(stays.Warning);
                    break;
                case Removal.Failed:
                    failures.Add(new("VPY3028", $"environment {id} cannot be removed") { NextStep = "the warning above has the system's reason" });
                    break;
            }
        }
        StandardStreams.WriteOutput($"{Amounts.Count(removed, "environment")} removed, {Amounts.Bytes(free)} free again{(inUse == 0 ? "" : $", {inUse} in use")}\n");
        return failures.Count == 0 ? 0 : Failure.All(failures);
    }
}
