using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;

namespace VPythonTools.CipdServer;

/// <summary>The server as a program of its own.</summary>
internal static class ServerCommand
{
    private static readonly Option<string> Packages = new("--packages") { Description = "The package directory to serve, as 'vpython3 package add' makes it.", HelpName = "DIR", Required = true };
    private static readonly Option<string> Urls = new("--urls") { Description = "Where to listen: http://127.0.0.1:PORT, https://127.0.0.1:PORT or unix:///PATH.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
    private static readonly Option<string[]> Readers = new("--reader") { Description = "Lets WHO, an identity or '*', read below PREFIX. Without any, everybody reads everything.", HelpName = "PREFIX=WHO" };
    private static readonly Option<string[]> Tokens = new("--token") { Description = "A good access token, and the identity of who has it, such as user:me@example.com.", HelpName = "TOKEN=IDENTITY" };
    private static readonly Option<double> UrlLifetime = new("--url-lifetime") { Description = "How long an URL of a download is good.", HelpName = "SECONDS", DefaultValueFactory = _ => 1800 };
    private static readonly Option<string?> AuthorityFile = new("--authority-to") { Description = "Where to write the certificate that clients of an https server have to trust.", HelpName = "FILE" };
    private static readonly Option<string?> LocalAuth = new("--local-auth-to") { Description = "Runs a local_auth server too, whose account has the first --token, and writes the LUCI_CONTEXT file for it.", HelpName = "FILE" };

    /// <summary>The command.</summary>
    public static RootCommand Create()
    {
        var command = new RootCommand("A CIPD service on this machine, for trying and testing clients without the real one.") { Packages, Urls, Readers, Tokens, UrlLifetime, AuthorityFile, LocalAuth };
        (Knob Knob, Option<string?> Option)[] knobs =
            [.. Knob.All.Select(knob => (knob, new Option<string?>(knob.Flag) { Description = "Fault: " + knob.Description + ".", HelpName = knob.Value }))];
        foreach ((_, Option<string?> option) in knobs) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return await RunAsync(parsed, knobs, cancellation);
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"error: {exception.Message}");
                return 2;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, (Knob Knob, Option<string?> Option)[] knobs, CancellationToken cancellation)
    {
        (string Text, string Identity)[] tokens = [.. (parsed.GetValue(Tokens) ?? []).Select(token => Pair("--token", token))];
        LoopbackAuthority? authority = parsed.GetValue(Urls)!.StartsWith("https:", StringComparison.Ordinal) ? LoopbackAuthority.Create() : null;
        using (authority)
        {
            if (parsed.GetValue(AuthorityFile) is { } path) await File.WriteAllTextAsync(path, authority?.Pem ?? throw new FormatException("--authority-to: only an https server has a certificate"), cancellation);
            ServerOptions options = new ServerOptions(Path.GetFullPath(parsed.GetValue(Packages)!))
            {
                UrlLifetime = TimeSpan.FromSeconds(parsed.GetValue(UrlLifetime)),
                Certificate = authority?.Certificate,
                Log = Console.Error,
            };
            await using LoopbackServer server = await LoopbackServer.StartAsync(ListeningAt(options, parsed.GetValue(Urls)!));
            foreach ((string token, string identity) in tokens) server.Tokens[token] = identity;
            foreach (string reader in parsed.GetValue(Readers) ?? [])
            {
                (string prefix, string who) = Pair("--reader", reader);
                server.Access.AllowReading(prefix.TrimEnd('/'), who);
            }
            foreach ((Knob knob, Option<string?> option) in knobs)
            {
                if (parsed.GetValue(option) is { } value) Set(server.Faults, knob, value);
            }
            await using LocalAuthServer? localAuth = parsed.GetValue(LocalAuth) is null ? null : await LocalAuthServer.StartAsync();
            if (localAuth is not null)
            {
                if (tokens.Length == 0) throw new FormatException("--local-auth-to needs a --token, which the account has");
                localAuth.Token = tokens[0].Text;
                await File.WriteAllTextAsync(parsed.GetValue(LocalAuth)!, localAuth.Context, cancellation);
            }
            await Console.Out.WriteLineAsync($"listening on {server.Url}");
            await UntilStoppedAsync(cancellation);
        }
        return 0;
    }

    private static ServerOptions ListeningAt(ServerOptions options, string text)
    {
        if (text.StartsWith("unix:///", StringComparison.Ordinal)) return options with { Socket = text["unix://".Length..] };
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/") throw new FormatException($"--urls: '{text}' is none of the URLs that can be listened at");
        IPAddress address = url.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? parsed) ? parsed : IPAddress.None;

        // It has no secrets of worth and no protection worth the name.
        if (!IPAddress.IsLoopback(address)) throw new FormatException($"--urls: '{text}' is not on the loopback interface, which is the only place for this server");
        return options with { EndPoint = new(address, url.Port) };
    }

    private static (string Left, string Right) Pair(string flag, string text)
    {
        int middle = text.LastIndexOf('=');
        return middle >= 0 && middle < text.Length - 1 ? (text[..middle], text[(middle + 1)..]) : throw new FormatException($"{flag}: '{text}' has not the form LEFT=RIGHT");
    }

    private static void Set(Faults faults, Knob knob, string value)
    {
        try
        {
            knob.Set(faults, value);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new FormatException($"{knob.Flag}: '{value}' has not the form {knob.Value}", exception);
        }
    }

    private static async Task UntilStoppedAsync(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource();
        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using CancellationTokenRegistration cancelled = cancellation.Register(() => stopped.TrySetResult());
        await stopped.Task;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }
}
