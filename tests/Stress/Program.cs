using System.Globalization;

namespace VPythonTools.Stress;

/// <summary>
/// Long runs of what the tests check at a tenth or less. <c>dotnet run -c Release --project tests/Stress -- all</c> does everything;
/// <c>storm PROCESSES SPECS</c>, <c>kills COUNT SEED</c>, <c>downloads COUNT SEED</c>, <c>store STARTS</c> and <c>prune RUNS</c> one thing. The native <c>vpython3</c> has to be published.
/// </summary>
public static class Program
{
    private const int LongStorm = 1000;
    private const int ManySpecs = 50;
    private const int LongKills = 500;
    private const int LongRace = 100_000;
    private const int LongRuns = 5000;

    /// <summary>Runs what the arguments say; the exit code is 1 when something was found.</summary>
    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        using Report report = Report.Open($"stress-{string.Join('-', args)}.log");
        IReadOnlyList<string>? findings = args switch
        {
            ["all"] =>
            [
                .. Storm.Run(LongStorm, 1, report),
                .. Storm.Run(LongStorm, ManySpecs, report),
                .. Kills.Run(LongKills, 1, report),
                .. Kills.RunDownloads(LongKills, 1, report),
                .. PruneRace.RunStore(LongRace, report),
                .. PruneRace.RunProcesses(LongRuns, report),
            ],
            ["storm", var processes, var specs] => Storm.Run(Number(processes), Number(specs), report),
            ["kills", var count, var seed] => Kills.Run(Number(count), Number(seed), report),
            ["downloads", var count, var seed] => Kills.RunDownloads(Number(count), Number(seed), report),
            ["store", var starts] => PruneRace.RunStore(Number(starts), report),
            ["prune", var runs] => PruneRace.RunProcesses(Number(runs), report),
            _ => null,
        };
        if (findings is null)
        {
            Console.Error.WriteLine("usage: all | storm PROCESSES SPECS | kills COUNT SEED | downloads COUNT SEED | store STARTS | prune RUNS");
            return 2;
        }
        foreach (string finding in findings) report.WriteLine(finding);
        report.WriteLine($"{findings.Count} findings, also in {report.Path}");
        return findings.Count == 0 ? 0 : 1;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
