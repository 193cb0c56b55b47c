using System.Text.RegularExpressions;
using VPythonTools.CipdServer;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>The page about the service on loopback, command by command, as a reader types it.</summary>
public sealed partial class LocalServicePageTests
{
    [Fact]
    public async Task Every_command_of_the_page_prints_what_the_page_says()
    {
        string page = File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs", "local-service.md"));
        using var user = new Sandbox();
        Directory.CreateDirectory(user.Combine("bin"));
        File.CreateSymbolicLink(user.Combine("bin", "vpython3"), NativeExecutable.Runner);
        File.CreateSymbolicLink(user.Combine("work", "samples"), Path.Combine(SharedData.ProjectRoot, "samples"));
        user.Variables["PATH"] = user.Combine("bin") + ":/usr/bin:/bin";
        user.Variables["CIPD_CONFIG_FILE"] = "-";

        var servers = new Dictionary<string, LoopbackServer>();
        string exports = "";
        try
        {
            foreach (string started in ServerLine().Matches(page).Select(match => match.Value)) servers.Add(UrlIn(started), await StartAsync(started));
            Assert.Equal(3, servers.Count);
            Match[] steps = [.. Step().Matches(page).Cast<Match>()];
            Assert.True(steps.Length >= 8, $"the page has only {steps.Length} commands");
            foreach (Match step in steps)
            {
                string command = step.Groups["command"].Value;
                foreach ((string url, LoopbackServer server) in servers) command = command.Replace(url, server.Url, StringComparison.Ordinal);
                if (command.StartsWith("export ", StringComparison.Ordinal)) exports += command + "\n";
                ProcessRun run = user.Start("/bin/sh", ["-c", exports + command + " 2>&1"]);
                string expected = string.Concat(step.Groups["output"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[4..] + "\n"));
                string pattern = Regex.Escape(expected).Replace(@"\.\.\.\n", @"(.*\n)*", StringComparison.Ordinal).Replace(@"\.\.\.", ".*", StringComparison.Ordinal);
                Assert.Matches($@"\A{pattern}\z", run.Output);
            }
            Assert.All(servers.Values, server => Assert.NotEmpty(server.Log.Requests));
        }
        finally
        {
            foreach (LoopbackServer server in servers.Values) await server.DisposeAsync();
        }
    }

    /// <summary>The server that a line of the page starts, at a port that is free.</summary>
    private static async Task<LoopbackServer> StartAsync(string line)
    {
        string[] words = line.Trim().Split(' ');
        string Value(string flag) => words[Array.IndexOf(words, flag) + 1];
        LoopbackServer server = await LoopbackServer.StartAsync(new ServerOptions(Path.Combine(SharedData.ProjectRoot, Value("--packages"))));
        foreach (Knob knob in Knob.All.Where(knob => words.Contains(knob.Flag))) knob.Set(server.Faults, Value(knob.Flag));
        if (words.Contains("--reader"))
        {
            string[] reader = Value("--reader").Split('=');
            server.Access.AllowReading(reader[0], reader[1]);
            string[] token = Value("--token").Split('=');
            server.Tokens[token[0]] = token[1];
        }
        return server;
    }

    private static string UrlIn(string line) => line.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal)).Trim();

    [GeneratedRegex("^    dotnet run --project tests/CipdServer .*$", RegexOptions.Multiline)]
    private static partial Regex ServerLine();

    /// <summary>A command, and what it prints: the indented lines up to the next command.</summary>
    [GeneratedRegex(@"^    \$ (?<command>.*)\n(?<output>(    (?!\$ ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Step();
}
