using System.Globalization;

namespace VPythonTools.CipdServer;

/// <summary>
/// Programs that stand in for those which users have: small scripts that print what a test wants, and write down how they were called, one line for each call.
/// </summary>
/// <param name="Path">The executable.</param>
public sealed record StandIn(string Path)
{
    /// <summary>How it was called: the arguments of each call, joined by spaces.</summary>
    public string[] Calls => File.Exists(Record) ? File.ReadAllLines(Record) : [];

    private string Record => Path + ".calls";

    /// <summary>Makes a program called <c>luci-auth</c>, whose command <c>token</c> prints a token.</summary>
    /// <param name="directory">Where it goes, a directory for PATH.</param>
    /// <param name="token">The token.</param>
    /// <param name="lifetime">How long it is good.</param>
    public static StandIn LuciAuth(string directory, string token, TimeSpan lifetime)
    {
        long expiry = (DateTimeOffset.UtcNow + lifetime).ToUnixTimeSeconds();
        return Script(System.IO.Path.Combine(directory, "luci-auth"), $$"""printf '{"token": "%s", "expiry": %d}\n' '{{token}}' {{expiry}}""");
    }

    /// <summary>Makes a program called <c>luci-auth</c> of somebody who has not logged in.</summary>
    /// <param name="directory">Where it goes, a directory for PATH.</param>
    public static StandIn LuciAuthWithoutLogin(string directory) =>
        Script(System.IO.Path.Combine(directory, "luci-auth"), "echo 'Not logged in. Run `luci-auth login`.' >&2\nexit 1");

    /// <summary>Makes a credential helper, which prints its expiry as Go's <c>UnixDate</c>.</summary>
    /// <param name="path">The executable.</param>
    /// <param name="token">The token.</param>
    /// <param name="lifetime">How long it is good.</param>
    public static StandIn CredentialHelper(string path, string token, TimeSpan lifetime)
    {
        DateTimeOffset end = DateTimeOffset.UtcNow + lifetime;
        string expiry = string.Create(CultureInfo.InvariantCulture, $"{end:ddd MMM} {end.Day,2} {end:HH:mm:ss} UTC {end:yyyy}");
        return Script(path, $$"""printf '{"token": "%s", "expiry": "%s"}\n' '{{token}}' '{{expiry}}'""");
    }

    /// <summary>Makes a program that runs a script of the shell after it has written down how it was called.</summary>
    public static StandIn Script(string path, string body)
    {
        var program = new StandIn(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\necho \"$*\" >> '{program.Record}'\n{body}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return program;
    }
}
