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

    /// <summary>How long it may take; CIPD's client waits as long.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Runs it and reads its answer. What it prints goes nowhere else: it is a token.</summary>
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
            Task<string> output = ReadBoundedAsync(process.StandardOutput, limit.Token);
            Task<string> error = ReadBoundedAsync(process.StandardError, limit.Token);
            await Task.WhenAll(output, error, process.WaitForExitAsync(limit.Token)).ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                string said = (await error.ConfigureAwait(false)).Trim();
                return Refuse($"it ended with {process.ExitCode}{(said.Length > 0 ? $": {said.Split('\n')[^1]}" : "")}");
            }
            using var answer = JsonDocument.Parse(await output.ConfigureAwait(false));
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
            if (process is { HasExited: false }) process.Kill(entireProcessTree: true);
            process?.Dispose();
        }

        Failure Refuse(string reason) => TokenFailure.Of($"'{program}'", reason, nextStep);
    }

    private static async Task<string> ReadBoundedAsync(StreamReader reader, CancellationToken cancellation)
    {
        char[] buffer = new char[LongestAnswer];
        int length = await reader.ReadBlockAsync(buffer, cancellation).ConfigureAwait(false);
        char[] rest = new char[4096];
        while (await reader.ReadAsync(rest, cancellation).ConfigureAwait(false) > 0)
        {
        }
        return new(buffer, 0, length);
    }
}
