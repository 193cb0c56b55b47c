using System.Diagnostics;
using System.Text;
using System.Text.Json;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>Runs a program that prints a token as JSON.</summary>
/// <param name="program">The path of the executable.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="environment">Its variables.</param>
internal sealed class TokenProgram(string program, IReadOnlyList<string> arguments, EnvironmentBlock environment)
{
    private const int LongestAnswer = 64 << 10;

    /// <summary>How long what is left in a pipe is read whose other end somebody else holds.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>How long it may take; CIPD's client waits as long.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Runs it and reads its answer. What it prints goes nowhere else, not even its complaints: a token may be in them.</summary>
    /// <param name="read">Makes a token of the answer; null when there is none in it.</param>
    /// <param name="nextStep">What the user can do when it fails.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Result<AccessToken>> RunAsync(Func<JsonElement, AccessToken?> read, string nextStep, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        environment.CopyTo(start.Environment);
        Process? process = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            process = Process.Start(start)!;
            process.StandardInput.Close();
            var said = new StringBuilder();
            Task output = ReadBoundedAsync(process.StandardOutput, said, limit.Token);
            _ = ReadBoundedAsync(process.StandardError, new(), limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            if (process.ExitCode != 0) return Refuse($"it ended with {process.ExitCode}");

            // A child that it left behind may hold its output open; what it printed itself is in the pipe by now.
            await Task.WhenAny(output, Task.Delay(Rest, limit.Token)).ConfigureAwait(false);
            string printed;
            lock (said) printed = said.ToString();
            using var answer = JsonDocument.Parse(printed);
            return answer.RootElement.ValueKind == JsonValueKind.Object && read(answer.RootElement) is { } token && AccessToken.IsPlausible(token.Value)
                ? token
                : Refuse("there is none in its answer");
        }
        catch (JsonException)
        {
            return Refuse("its answer is not JSON");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return Refuse($"it cannot be started: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Refuse($"it did not end within {Limit.TotalSeconds:0} seconds");
        }
        finally
        {
            await limit.CancelAsync().ConfigureAwait(false);
            if (process is { HasExited: false }) process.Kill(entireProcessTree: true);
            process?.Dispose();
        }

        Failure Refuse(string reason) => TokenFailure.Of($"'{program}'", reason, nextStep);
    }

    /// <summary>Reads to the end, or to where it is cancelled; what is over the limit is read and dropped, so that the program does not wait.</summary>
    private static async Task ReadBoundedAsync(StreamReader reader, StringBuilder text, CancellationToken cancellation)
    {
        char[] buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            lock (text) text.Append(buffer, 0, Math.Min(count, LongestAnswer - text.Length));
        }
    }
}
