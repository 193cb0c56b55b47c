using System.Diagnostics;
using System.Globalization;

namespace VPythonTools.Benchmarks;

/// <summary>
/// Times two things in turn, A B A B, so that both see the same machine, and tells the medians, their difference and the median of the ratios of
/// neighbours. Absolute times belong to the machine; the relations are the result.
/// </summary>
internal static class PairedTiming
{
    private const int WarmUps = 3;

    /// <summary>Times and prints.</summary>
    /// <param name="first">The name of A, and what it does once; it is given the number of the run, from 0.</param>
    /// <param name="second">The name of B, and what it does once.</param>
    /// <param name="runs">How many runs of each are counted.</param>
    /// <param name="warmUps">How many are not counted, first.</param>
    /// <param name="beforeFirst">What is done before each run of A and not timed.</param>
    public static void Compare((string Name, Action<int> Once) first, (string Name, Action<int> Once) second, int runs, int warmUps = WarmUps, Action<int>? beforeFirst = null)
    {
        var a = new double[runs];
        var b = new double[runs];
        for (int run = -warmUps; run < runs; run++)
        {
            beforeFirst?.Invoke(run + warmUps);
            double timeOfA = Time(first.Once, run + warmUps);
            double timeOfB = Time(second.Once, run + warmUps);
            if (run < 0) continue;
            a[run] = timeOfA;
            b[run] = timeOfB;
        }
        Print(first.Name, a);
        Print(second.Name, b);
        double[] ratios = [.. a.Zip(b, (x, y) => x / y)];
        double[] inverse = [.. ratios.Select(ratio => 1 / ratio)];
        double[] differences = [.. a.Zip(b, (x, y) => x - y)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"A - B: median {Median(differences):0.00} ms; A / B: median {Median(ratios):0.000}; B / A: median {Median(inverse):0.0}; {runs} pairs"));
    }

    private static double Time(Action<int> once, int run)
    {
        long start = Stopwatch.GetTimestamp();
        once(run);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Print(string name, double[] times) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-60} min {times.Min(),9:0.00}  median {Median(times),9:0.00}  max {times.Max(),9:0.00} ms"));

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
