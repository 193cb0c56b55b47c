using System.Collections.Frozen;

namespace VPythonTools.SpecLang.Python;

/// <summary>Until which day each version of Python gets security fixes.</summary>
/// <remarks>
/// From the release schedules: PEPs 361 (2.6), 373 (2.7), 375 (3.1), 392, 398, 429, 478, 494, 537, 569, 596, 619, 664, 693, 719 and 745 (3.14), and the overview in
/// the Python Developer's Guide, "Status of Python versions". Where a schedule names a month only, the last day of it counts.
/// </remarks>
public static class PythonEndOfLife
{
    private static readonly FrozenDictionary<PythonMinor, DateOnly> Days = new Dictionary<PythonMinor, DateOnly>
    {
        [new(2, 6)] = new(2013, 10, 29),
        [new(2, 7)] = new(2020, 1, 1),
        [new(3, 0)] = new(2009, 6, 27),
        [new(3, 1)] = new(2012, 4, 9),
        [new(3, 2)] = new(2016, 2, 20),
        [new(3, 3)] = new(2017, 9, 29),
        [new(3, 4)] = new(2019, 3, 18),
        [new(3, 5)] = new(2020, 9, 30),
        [new(3, 6)] = new(2021, 12, 23),
        [new(3, 7)] = new(2023, 6, 27),
        [new(3, 8)] = new(2024, 10, 7),
        [new(3, 9)] = new(2025, 10, 31),
        [new(3, 10)] = new(2026, 10, 31),
        [new(3, 11)] = new(2027, 10, 31),
        [new(3, 12)] = new(2028, 10, 31),
        [new(3, 13)] = new(2029, 10, 31),
        [new(3, 14)] = new(2030, 10, 31),
    }.ToFrozenDictionary();

    /// <summary>The last day with security fixes; null when it is not known.</summary>
    public static DateOnly? Of(PythonMinor python) => Days.TryGetValue(python, out DateOnly day) ? day : null;
}
