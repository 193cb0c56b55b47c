using System.Text.Json;
using VPythonTools.CipdServer;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>The server that clients are tested against, as a program and on every kind of socket.</summary>
public sealed class ServerProgramTests : ServerTest
{
    [Fact]
    public async Task Http_2_over_tls_needs_the_authority_that_was_made()
    {
        using LoopbackAuthority authority = LoopbackAuthority.Create();
        string file = Path.Combine(Shelf.Path, "authority.pem");
        File.WriteAllText(file, authority.Pem);
        await using LoopbackServer server = await LoopbackServer.StartAsync(new ServerOptions(Shelf.Path) { Certificate = authority.Certificate });
        string url = server.Url + "/prpc/cipd.Repository/ListPrefix";
        ProcessRun trusting = Curl(["-s", "--http2", "--cacert", file, "-H", "Content-Type: application/json", "-d", "{}", "-o", "/dev/null", "-w", "%{http_version} %{http_code}", url]);
        Assert.Equal("2 200", trusting.Output);
        Assert.Equal(60, Curl(["-s", "-d", "{}", url]).ExitCode);
        using LoopbackAuthority expired = LoopbackAuthority.Create(isExpired: true);
        Assert.True(expired.Certificate.NotAfter < DateTime.Now);
    }

    [Fact]
    public async Task A_unix_socket_serves_whatever_host_is_meant()
    {
        using var directory = new TemporaryDirectory();
        string socket = directory.Combine("cipd.socket");
        await using LoopbackServer server = await LoopbackServer.StartAsync(new ServerOptions(Shelf.Path) { Socket = socket });
        ProcessRun run = Curl(["-s", "--unix-socket", socket, "-H", "Content-Type: application/json", "-H", "Accept: application/json", "-d", "{}", "http://chrome-infra-packages.example.com/prpc/cipd.Repository/ListPrefix"]);
        Assert.Equal(")]}'\n{ }\n", run.Output);
        Assert.Equal("chrome-infra-packages.example.com", Assert.Single(server.Log.Requests).Host);
    }

    [Fact]
    public void The_server_runs_as_a_program_and_stops_when_told_to()
    {
        string id = Shelf.Add("a/b", ["latest"]);
        string program = typeof(LoopbackServer).Assembly.Location;
        string context = Path.Combine(Shelf.Path, "luci-context.json");
        const string script =
            """
            mkfifo "$1/out"
            dotnet "$2" --packages "$1" --urls http://127.0.0.1:0 --token t=user:me@example.com --reader a=user:me@example.com --rpc-code 14:1 --local-auth-to "$3" > "$1/out" 2> "$1/err" &
            read -r _ _ url < "$1/out"
            for attempt in 1 2; do curl -s -o /dev/null -w '%{http_code} ' -H 'Authorization: Bearer t' -H 'Content-Type: application/json' -d '{"package": "a/b", "version": "latest"}' "$url/prpc/cipd.Repository/ResolveVersion"; done
            curl -s "$url/dl/a/b/+/latest"
            kill %1; wait; echo "exit $?"; cat "$1/err"
            """;
        ProcessRun run = ProcessRun.Of("/bin/bash", ["-c", script, "bash", Shelf.Path, program, context]);
        Assert.Equal(
            """
            503 200 prefix "a/b" doesn't exist or not visible to unauthenticated callers
            exit 0
            POST ResolveVersion user:me@example.com: 14 the fault that was asked for: Unavailable
            POST ResolveVersion user:me@example.com: 0
            GET /dl/a/b/+/latest anonymous:anonymous: 7 prefix "a/b" doesn't exist or not visible to unauthenticated callers

            """,
            run.Output);
        Assert.True(JsonDocument.Parse(File.ReadAllText(context)).RootElement.GetProperty("local_auth").GetProperty("rpc_port").GetInt32() > 0);
        Assert.Equal(44, id.Length);
    }

    [Theory]
    [InlineData("--urls", "http://192.0.2.1:80", "loopback interface")]
    [InlineData("--urls", "ftp://127.0.0.1", "none of the URLs")]
    [InlineData("--rpc-code", "many", "has not the form CODE[:TIMES]")]
    [InlineData("--token", "t", "has not the form")]
    [InlineData("--packages", "/nowhere", "is not a package directory")]
    public void What_the_program_is_told_wrong_it_says(string flag, string value, string message)
    {
        string[] others = [.. flag == "--packages" ? [] : (string[])["--packages", Shelf.Path], .. flag == "--urls" ? [] : (string[])["--urls", "http://127.0.0.1:0"]];
        ProcessRun run = ProcessRun.Of(Requirement.Tool("dotnet"), [typeof(LoopbackServer).Assembly.Location, .. others, flag, value]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_in_the_server_s_page()
    {
        string page = File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "tests", "CipdServer", "README.md"));
        Assert.All(Knob.All, knob => Assert.Contains($"| `{knob.Flag} {knob.Value.Replace("|", "\\|", StringComparison.Ordinal)}` |", page, StringComparison.Ordinal));
        string[] properties = [.. typeof(Faults).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(properties.Length, Knob.All.Length);
    }
}
