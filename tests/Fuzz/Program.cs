using System.Globalization;

namespace VPythonTools.Fuzz;

/// <summary>
/// Long runs of the properties that the tests check for a minute. <c>dotnet run -c Release --project tests/Fuzz -- differential 1000000 1</c>
/// compares a million texts, from the seed 1 on, with protoc; <c>properties 0 1</c> checks the laws of the language without end, or for that many seconds;
/// <c>linear 10000000</c> times every stage on long texts that repeat one piece.
/// </summary>
public static class Program
{
    /// <summary>Runs what the arguments say; the exit code is 1 when something was found.</summary>
    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args is ["linear", var length])
        {
            IReadOnlyList<string> slow = Linear.Run(int.Parse(length, CultureInfo.InvariantCulture), Console.Out);
            foreach (string stage in slow) Console.WriteLine($"grows faster than the length: {stage}");
            Console.WriteLine($"{Linear.Units.Count} texts in each form, {slow.Count} stages grow faster than the length");
            return slow.Count == 0 ? 0 : 1;
        }
        if (args is ["properties", var seconds, var firstSeed])
        {
            int limit = int.Parse(seconds, CultureInfo.InvariantCulture);
            return Properties.Run(limit == 0 ? null : TimeSpan.FromSeconds(limit), int.Parse(firstSeed, CultureInfo.InvariantCulture), Console.Out) == 0 ? 0 : 1;
        }
        if (args is not ["differential", var cases, var seed])
        {
            Console.Error.WriteLine("usage: differential CASES SEED | properties SECONDS SEED | linear BYTES");
            return 2;
        }
        using var protoc = new Protoc();
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        Differential.Outcome outcome = new Differential(protoc, KnownDisagreements.Load())
            .Run(int.Parse(cases, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
        foreach (string disagreement in outcome.Unexplained.Take(20)) Console.WriteLine(disagreement);
        Console.WriteLine($"{outcome.Accepted} accepted by both with the same bytes, {outcome.Refused} refused by both, {outcome.Explained} known disagreements, {outcome.Unexplained.Count} unexplained, in {System.Diagnostics.Stopwatch.GetElapsedTime(start)}");
        return outcome.Unexplained.Count == 0 ? 0 : 1;
    }
}
