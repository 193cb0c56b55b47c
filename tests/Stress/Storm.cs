using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VPythonTools.Testing;

namespace VPythonTools.Stress;

/// <summary>Many processes at one moment on an empty store: each environment is built once, and every process runs.</summary>
public static class Storm
{
    private const int LargestProcess = 200 << 10;

    /// <summary>Lets so many processes loose on so many specs; the findings, empty when all is well.</summary>
    /// <param name="processes">How many processes.</param>
    /// <param name="specs">How many specs they share.</param>
    /// <param name="report">Where the times go.</param>
    public static IReadOnlyList<string> Run(int processes, int specs, TextWriter report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var user = new StressUser();
        string[] scripts = specs == 1 ? ["s.py"] : user.MakeScripts(specs);
        JsonNode cold = Release(user, processes, scripts.Select(script => (string[])[NativeExecutable.Runner, script]));
        var findings = Judge(cold, processes, "cold");
        if (user.Environments.Length != specs) findings.Add($"there are {user.Environments.Length} environments for {specs} specs");
        if (user.Unfinished.Length > 0) findings.Add($"{user.Unfinished.Length} unfinished environments are left");
        DateTime[] made = [.. user.Environments.Select(Directory.GetCreationTimeUtc)];

        JsonNode warm = Release(user, processes, scripts.Select(script => (string[])[NativeExecutable.Runner, script]));
        findings.AddRange(Judge(warm, processes, "warm"));
        if (!made.SequenceEqual(user.Environments.Select(Directory.GetCreationTimeUtc))) findings.Add("an environment was built twice");

        JsonNode bare = Release(user, processes, scripts.Zip(user.Environments, (script, environment) => (string[])[Path.Combine(environment, "bin", "python3"), "-s", script]));
        findings.AddRange(Judge(bare, processes, "bare Python"));
        report.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{processes} processes, {specs} specs: on an empty store {Ratio(cold, bare):0.00} times as long as that many starts of bare Python, with the environments there {Ratio(warm, bare):0.00} times; largest process {Largest(cold)} and {Largest(warm)} KiB (Python itself {Largest(bare)}), all together {All(cold)} and {All(warm)} MiB (Python {All(bare)})"));
        return findings;
    }

    private static List<string> Judge(JsonNode answer, int processes, string what)
    {
        var findings = new List<string>();
        foreach ((string code, JsonNode? count) in answer["codes"]!.AsObject())
        {
            if (code != "0") findings.Add($"{what}: {count} processes ended with {code}");
        }
        foreach ((string output, JsonNode? count) in answer["outputs"]!.AsObject())
        {
            if (output != StressUser.Greeting) findings.Add($"{what}: {count} processes printed '{output}'");
        }
        foreach ((string error, JsonNode? count) in answer["errors"]!.AsObject())
        {
            string[] lines = [.. error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !StressUser.IsPatience(line))];
            if (lines.Length > 0) findings.Add($"{what}: {count} processes said '{string.Join(" / ", lines)}'");
        }
        if (Largest(answer) > LargestProcess) findings.Add($"{what}: a process took {Largest(answer)} KiB of memory");
        if (answer["outputs"]!.AsObject().Sum(output => (int)output.Value!) != processes) findings.Add($"{what}: not all processes were heard of");
        return findings;
    }

    private static JsonNode Release(StressUser user, int processes, IEnumerable<string[]> commands)
    {
        string scratch = user.Combine($"scratch-{Guid.NewGuid():N}");
        Directory.CreateDirectory(scratch);
        var order = new JsonObject
        {
            ["count"] = processes,
            ["commands"] = new JsonArray([.. commands.Select(command => new JsonArray([.. command.Select(word => (JsonNode)word)]))]),
            ["environment"] = JsonSerializer.SerializeToNode(user.Variables),
            ["directory"] = user.Work,
            ["scratch"] = scratch,
        };
        ProcessRun run = ProcessRun.Of(Requirement.Tool("python3"), [Path.Combine(AppContext.BaseDirectory, "Programs", "storm.py")], input: System.Text.Encoding.UTF8.GetBytes(order.ToJsonString()));
        if (run.ExitCode != 0) throw new InvalidOperationException(run.Error);
        return JsonNode.Parse(run.Output)!;
    }

    private static double Ratio(JsonNode answer, JsonNode bare) => (double)answer["seconds"]! / (double)bare["seconds"]!;

    private static long Largest(JsonNode answer) => (long)answer["largestKilobytes"]!;

    private static long All(JsonNode answer) => (long)answer["allKilobytes"]! >> 10;
}
