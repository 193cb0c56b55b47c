using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests;

/// <summary>Whether cost grows with length only. What counts is this thread's processor time, the best of some attempts, so that a busy machine makes no difference.</summary>
internal static class ProcessorTime
{
    /// <summary>How much longer the next text is.</summary>
    public const int Growth = 8;

    /// <summary>What a step may cost beyond its length.</summary>
    private const int Slack = 3;

    private const int MostAttempts = 6;

    /// <summary>
    /// Fails when work on a text of <see cref="Growth"/> times the length takes <see cref="Slack"/> times as long as that, and again when the text grows once more: memory that leaves the caches
    /// is dearer at one of these steps; a quadratic step anywhere takes eight times as long at each.
    /// </summary>
    /// <param name="workOn">Makes the work on a text of so many times the least length: 1, <see cref="Growth"/>, or its square.</param>
    /// <param name="what">What is worked on, for the message.</param>
    public static void AssertIsProportional(Func<int, Action> workOn, string what)
    {
        string? first = FindGrowth(workOn(1), workOn(Growth), what);
        if (first is null) return;
        string? second = FindGrowth(workOn(Growth), workOn(Growth * Growth), what);
        Assert.True(second is null, $"{first}; {second}");
    }

    private static string? FindGrowth(Action small, Action large, string what)
    {
        TimeSpan smallTime = TimeSpan.MaxValue;
        TimeSpan largeTime = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            smallTime = Shorter(smallTime, Time(small));
            largeTime = Shorter(largeTime, Time(large));
            if (smallTime < TimeSpan.FromMilliseconds(1)) smallTime = TimeSpan.FromMilliseconds(1);
            if (largeTime < Slack * Growth * smallTime) return null;
        }
        return $"{what}: {largeTime} for {Growth} times the text that took {smallTime}";
    }

    /// <summary>Without the collector's time: what a collection costs depends on all that lives in the process, and large texts bring more of them about.</summary>
    private static TimeSpan Time(Action work)
    {
        TimeSpan start = ThreadTime.Now;
        TimeSpan pauses = GC.GetTotalPauseDuration();
        work();
        return ThreadTime.Now - start - (GC.GetTotalPauseDuration() - pauses);
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
