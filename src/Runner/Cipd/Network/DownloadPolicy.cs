namespace VPythonTools.Runner.Cipd.Network;

/// <summary>How much patience a download has.</summary>
public sealed record DownloadPolicy
{
    /// <summary>The policy for users.</summary>
    public static DownloadPolicy Default { get; } = new();

    /// <summary>How long nothing may come before the connection is given up and another one goes on where it stopped.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one file may take in all.</summary>
    public TimeSpan Overall { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often an attempt may bring nothing before the download fails; one that brings something does not count.</summary>
    public int FruitlessAttempts { get; init; } = 5;

    /// <summary>How often one file may be broken off in all.</summary>
    public int Attempts { get; init; } = 50;

    /// <summary>The first pause between two attempts; each one is twice the one before.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The most bytes of one file.</summary>
    public long LargestFile { get; init; } = 8L << 30;
}
