using System.Globalization;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>How long what nobody uses is kept, and how often it is looked.</summary>
public sealed record RetentionPolicy
{
    /// <summary>The variable that says how long environments stay without being used.</summary>
    public const string AgeVariable = "VPYTHON_PRUNE_AGE";

    /// <summary>The variable that says how much environments may occupy together.</summary>
    public const string SizeVariable = "VPYTHON_PRUNE_SIZE";

    /// <summary>The variable that says how often old environments are looked for.</summary>
    public const string IntervalVariable = "VPYTHON_PRUNE_INTERVAL";

    private const string Never = "never";

    private const string None = "none";

    /// <summary>How long an environment stays without being used; <see cref="TimeSpan.MaxValue"/> for ever.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long an unpacked wheel stays that no environment is linked to: four times as long as environments, since it takes less room and saves more time.
    /// </summary>
    public TimeSpan WheelAge => Age < TimeSpan.MaxValue / 4 ? Age * 4 : TimeSpan.MaxValue;

    /// <summary>How much environments may occupy together, in bytes; those unused for longest go first, those in use stay.</summary>
    public long Size { get; init; } = long.MaxValue;

    /// <summary>How often it is looked on the way of a run; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(6);

    /// <summary>What the caller's variables say; a failure that names the variable when it has no meaning.</summary>
    public static Result<RetentionPolicy> Of(EnvironmentBlock environment)
    {
        var policy = new RetentionPolicy();
        if (environment.NonEmpty(AgeVariable) is { } age)
        {
            if (!TryParseDuration(age, out TimeSpan duration)) return NoDuration(AgeVariable, age);
            policy = policy with { Age = duration };
        }
        if (environment.NonEmpty(SizeVariable) is { } size)
        {
            if (!TryParseSize(size, out long bytes)) return NoSize(SizeVariable, size);
            policy = policy with { Size = bytes };
        }
        if (environment.NonEmpty(IntervalVariable) is { } interval)
        {
            if (!TryParseDuration(interval, out TimeSpan duration)) return NoDuration(IntervalVariable, interval);
            policy = policy with { Interval = duration };
        }
        return policy;
    }

    /// <summary>The failure of a text that is no duration.</summary>
    /// <param name="name">The variable or option that has it.</param>
    /// <param name="text">The text.</param>
    internal static Failure NoDuration(string name, string text) =>
        new("VPY3024", $"{name} is '{text}', which is no duration") { NextStep = $"write a number and s, m, h, d or w, such as 12h or 7d, or {Never}" };

    /// <summary>The failure of a text that is no size.</summary>
    internal static Failure NoSize(string name, string text) =>
        new("VPY3024", $"{name} is '{text}', which is no size") { NextStep = $"write a number of bytes, or one with K, M, G or T (powers of 1024), such as 20G, or {None}" };

    /// <summary>Reads a number with <c>s</c>, <c>m</c>, <c>h</c>, <c>d</c> or <c>w</c>; <c>0</c> needs no unit, and <c>never</c> is <see cref="TimeSpan.MaxValue"/>.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.MaxValue;
        if (text == Never) return true;
        double seconds = text.Length == 0 ? 0 : text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 60 * 60,
            'd' => 24 * 60 * 60,
            'w' => 7 * 24 * 60 * 60,
            _ => 0,
        };
        if (seconds == 0)
        {
            duration = TimeSpan.Zero;
            return text == "0";
        }
        if (!TryParseNumber(text[..^1], out double number) || number * seconds > TimeSpan.MaxValue.TotalSeconds / 2) return false;
        duration = TimeSpan.FromSeconds(number * seconds);
        return true;
    }

    /// <summary>Reads a number of bytes, or one with <c>K</c>, <c>M</c>, <c>G</c> or <c>T</c>; <c>none</c> is no bound.</summary>
    public static bool TryParseSize(string text, out long bytes)
    {
        bytes = long.MaxValue;
        if (text == None) return true;
        int power = text.Length == 0 ? 0 : " KMGT".IndexOf(text[^1], StringComparison.Ordinal);
        if (!TryParseNumber(power > 0 ? text[..^1] : text, out double number)) return false;
        double whole = number * Math.Pow(1024, Math.Max(power, 0));
        if (whole >= long.MaxValue) return false;
        bytes = (long)whole;
        return true;
    }

    private static bool TryParseNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
