using System.CommandLine;
using VPythonTools.Runner.Cipd.Caches;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments.Upkeep;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Commands;

/// <summary>Shows what is kept to save time, and looks after it.</summary>
internal static class CacheCommand
{
    /// <summary>The verb's word.</summary>
    internal const string Name = "cache";

    /// <summary>The word that has old things removed.</summary>
    internal const string Prune = "prune";

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new(Name, "show, verify, repair, prune or clean what is kept on the disk", Create);

    private static Command Create(Invocation invocation) => new(Name, "Shows what is kept on the disk to save time, and looks after it.")
    {
        CreateInfo(invocation),
        CreateVerify(invocation, "verify", "Compares what is kept with what it should be. The exit code is 1 when something is damaged.", repairs: false),
        CreateVerify(invocation, "repair", "Verifies what is kept and removes what is damaged: it is fetched or made anew when it is needed.", repairs: true),
        CreatePrune(invocation),
        CreateClean(invocation),
    };

    private static Command CreateInfo(Invocation invocation)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON instead of text." };
        var command = new Command("info", "Tells what is kept where, and how much of the disk it occupies; a file with several names is counted once.") { json };
        command.SetAction(parsed => Verbs.Finish(CacheInventory.Of(invocation).Then(inventory => ShowInfo(invocation, inventory, parsed.GetValue(json)))));
        return command;
    }

    private static Command CreateVerify(Invocation invocation, string name, string description, bool repairs)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON instead of text." };
        var command = new Command(name, description) { json };
        command.SetAction(parsed => Verbs.Finish(CacheInventory.Of(invocation).Then(inventory => Verify(inventory, repairs, parsed.GetValue(json)))));
        return command;
    }

    private static Command CreatePrune(Invocation invocation)
    {
        var age = new Option<string?>("--age") { Description = $"How long environments stay without being used (default: {RetentionPolicy.AgeVariable}, else 7d).", HelpName = "DURATION" };
        var size = new Option<string?>("--size") { Description = $"How much environments may occupy together (default: {RetentionPolicy.SizeVariable}, else none).", HelpName = "SIZE" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Remove nothing; tell which environments would go." };
        var command = new Command(Prune, "Removes environments that nobody has used for long, and what belongs to none any more. What is in use stays.") { age, size, dryRun };
        command.SetAction(parsed => Verbs.Finish(ReadPolicy(invocation, parsed.GetValue(age), parsed.GetValue(size)).Then(policy => Collect(invocation, policy, parsed.GetValue(dryRun)))));
        return command;
    }

    private static Command CreateClean(Invocation invocation)
    {
        var command = new Command("clean", "Removes all that can be fetched or made again, but for environments: vpython3 env remove --all removes those.");
        command.SetAction(_ => Verbs.Finish(CacheInventory.Of(invocation).Then(Clean)));
        return command;
    }

    private static Result<RetentionPolicy> ReadPolicy(Invocation invocation, string? age, string? size)
    {
        if (!RetentionPolicy.Of(invocation.Environment).TryGet(out RetentionPolicy? policy, out Failure? failure)) return failure;
        if (age is not null)
        {
            if (!RetentionPolicy.TryParseDuration(age, out TimeSpan duration)) return RetentionPolicy.NoDuration("--age", age) with { ExitCode = Verbs.UsageExitCode };
            policy = policy with { Age = duration };
        }
        if (size is null) return policy;
        if (!RetentionPolicy.TryParseSize(size, out long bytes)) return RetentionPolicy.NoSize("--size", size) with { ExitCode = Verbs.UsageExitCode };
        return policy with { Size = bytes };
    }

    private static Result<int> Collect(Invocation invocation, RetentionPolicy policy, bool pretends)
    {
        DateTime now = DateTime.UtcNow;
        CollectionReport report = new StoreCollector(invocation.Layout, invocation.Log).Collect(policy, now, pretends);
        if (!pretends && CipdSettings.Read(invocation.Environment, invocation.Layout.Root).TryGet(out CipdSettings? settings, out _))
            new CacheTrimmer(new CacheLayout(settings.CacheDirectory), invocation.Log).TrimIfDue(now);
        foreach (CollectionReport.RemovedEnvironment removed in report.Removed) StandardStreams.WriteOutput($"{removed.Id}  {Amounts.Bytes(removed.OwnBytes)}\n");
        string inUse = report.InUse.Count == 0 ? "" : $", {report.InUse.Count} old and in use";
        StandardStreams.WriteOutput($"{Amounts.Count(report.Removed.Count, "environment")} {(pretends ? "would be " : "")}removed, {Amounts.Bytes(report.Removed.Sum(removed => removed.OwnBytes) + report.FreeBytesOfWheels)} {(pretends ? "free then" : "free again")}{inUse}\n");
        return 0;
    }

    private static Result<int> ShowInfo(Invocation invocation, CacheInventory inventory, bool asJson)
    {
        var usage = new DiskUsage();
        (CacheKind Kind, TreeUsage Usage)[] all = [.. inventory.Kinds.Select(kind => (kind, usage.Add(kind.Path)))];
        StandardStreams.WriteOutput(asJson
            ? JsonText.Write(json =>
            {
                json.WriteString("root", invocation.Layout.Root);
                json.WriteNumber("bytes", usage.Bytes);
                json.WriteStartArray("kinds");
                foreach ((CacheKind kind, TreeUsage tree) in all)
                {
                    json.WriteStartObject();
                    json.WriteString("name", kind.Name);
                    json.WriteString("path", kind.Path);
                    json.WriteNumber("bytes", tree.Bytes);
                    json.WriteNumber("files", tree.Files);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            })
            : TextTable.Write([["WHAT", "SIZE", "FILES", "WHERE"], .. all.Select(each => (string[])[each.Kind.Name, Amounts.Bytes(each.Usage.Bytes), $"{each.Usage.Files}", each.Kind.Path])])
                + $"{Amounts.Bytes(usage.Bytes)} together\n");
        return 0;
    }

    private static Result<int> Verify(CacheInventory inventory, bool repairs, bool asJson)
    {
        (CacheKind Kind, CacheFault Fault)[] faults = [.. inventory.Kinds.SelectMany(kind => kind.Verify().Select(fault => (kind, fault)))];
        var failures = new List<Failure>();
        if (repairs)
        {
            foreach ((CacheKind kind, CacheFault fault) in faults)
            {
                if (kind.Remove(fault.Path) is { } reason) failures.Add(NotRemoved(fault.Path, reason));
            }
        }
        StandardStreams.WriteOutput(asJson
            ? JsonText.Write(json =>
            {
                json.WriteBoolean("ok", faults.Length == 0);
                json.WriteStartArray("faults");
                foreach ((CacheKind kind, CacheFault fault) in faults)
                {
                    json.WriteStartObject();
                    json.WriteString("kind", kind.Name);
                    json.WriteString("path", fault.Path);
                    json.WriteString("reason", fault.Reason);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            })
            : string.Concat(faults.Select(each => PlainText.Of($"{each.Fault.Path}: {each.Fault.Reason}") + "\n"))
                + (faults.Length == 0 ? "all that is kept is sound\n" : $"{faults.Length} damaged{(repairs ? $", {faults.Length - failures.Count} removed" : "; vpython3 cache repair removes them")}\n"));
        if (failures.Count > 0) return Failure.All(failures);
        return faults.Length == 0 || repairs ? 0 : 1;
    }

    private static Failure NotRemoved(string path, string reason) => new("VPY3028", $"'{path}' cannot be removed: {reason}") { NextStep = "have its owner do it, or mend its permissions" };

    private static Result<int> Clean(CacheInventory inventory)
    {
        var failures = new List<Failure>();
        long free = 0;
        foreach (CacheKind kind in inventory.Kinds.Where(kind => kind.IsMadeAgain))
        {
            long own = new DiskUsage().Add(kind.Path).OwnBytes;
            if (kind.Remove(kind.Path) is { } reason) failures.Add(NotRemoved(kind.Path, reason));
            else free += own;
        }
        StandardStreams.WriteOutput($"{Amounts.Bytes(free)} free again\n");
        return failures.Count == 0 ? 0 : Failure.All(failures);
    }
}
