using System.Diagnostics.CodeAnalysis;

namespace VPythonTools.CipdServer;

/// <summary>Something that goes wrong for a number of times, and then no more.</summary>
/// <typeparam name="T">What goes wrong.</typeparam>
/// <param name="value">What goes wrong.</param>
/// <param name="times">How often; for ever when nothing is said.</param>
public sealed class Fault<T>(T value, int times = int.MaxValue)
    where T : notnull
{
    private readonly int _times = times;
    private int _left = times;

    /// <summary>Whether it goes wrong this time too, and what; counted.</summary>
    public bool TryTake([NotNullWhen(true)] out T? taken)
    {
        bool isTaken = _times == int.MaxValue || Interlocked.Decrement(ref _left) >= 0;
        taken = isTaken ? value : default;
        return isTaken;
    }
}
