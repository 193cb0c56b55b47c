using System.Diagnostics;
using System.Text;
using VPythonTools.Runner.Cipd.Auth;
using VPythonTools.Runner.Cipd.Caches;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Cipd.Service;

/// <summary>
/// Where an admission plugin is configured, only CIPD's own client may fetch, since only it can ask the plugin: it exports each package into a directory that nobody looks at, and
/// what it admitted is then in the cache that both share.
/// </summary>
internal sealed class AdmissionDelegate : IDisposable
{
    private readonly string _program;
    private readonly CipdSettings _settings;
    private readonly ServiceAddress _address;
    private readonly SemaphoreSlim _turns;

    private AdmissionDelegate(string program, CipdSettings settings, ServiceAddress address)
    {
        _program = program;
        _settings = settings;
        _address = address;
        _turns = new(settings.ParallelDownloads);
    }

    /// <summary>Finds the client; a failure when there is none, since nothing may be fetched then.</summary>
    public static Result<AdmissionDelegate> Find(CipdSettings settings, ServiceAddress address) => PathSearch.Find("cipd", settings.Environment) is { } program
        ? new AdmissionDelegate(program, settings, address)
        : new Failure("VPY3132", $"an admission plugin decides which packages may be used ({settings.AdmissionPlugin}), and there is no 'cipd' on PATH that could ask it")
        {
            NextStep = "put CIPD's client on PATH, or name a package directory with -vpython-packages",
        };

    /// <summary>Lets the client fetch an instance into the cache; null when it did.</summary>
    public async Task<Failure?> FetchAsync(PackagePin pin, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation).ConfigureAwait(false);
        string aside = Path.Combine(Path.GetTempPath(), $"vpython3-cipd-{Guid.NewGuid():N}");
        Process? process = null;
        try
        {
            var start = new ProcessStartInfo(_program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in (string[])["export", "-root", aside, "-ensure-file", "-", "-service-url", _address.ToString()]) start.ArgumentList.Add(argument);

            // As everywhere, nobody's token goes where others can read it.
            if (!_address.IsOpenToOthers && _settings.Environment.NonEmpty(ServiceAccountTokens.Variable) is { } account)
            {
                start.ArgumentList.Add("-service-account-json");
                start.ArgumentList.Add(account);
            }
            RemoveIfDamaged(pin);
            _settings.Environment.With("CIPD_CACHE_DIR", _settings.CacheDirectory).CopyTo(start.Environment);
            process = Process.Start(start)!;
            await TellAsync(process.StandardInput, $"{pin.Name} {pin.Instance}\n").ConfigureAwait(false);
            Task<string> output = ReadEndAsync(process.StandardOutput, cancellation);
            Task<string> error = ReadEndAsync(process.StandardError, cancellation);
            await Task.WhenAll(output, error, process.WaitForExitAsync(cancellation)).ConfigureAwait(false);
            if (process.ExitCode == 0) return null;
            string said = (await error.ConfigureAwait(false)).Trim() is { Length: > 0 } complaint ? complaint : (await output.ConfigureAwait(false)).Trim();
            return Refuse($"it ended with {process.ExitCode}: {said}");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return Refuse($"it cannot be started: {exception.Message}");
        }
        finally
        {
            if (process is { HasExited: false }) process.Kill(entireProcessTree: true);
            process?.Dispose();
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
            _turns.Release();
        }

        Failure Refuse(string reason) => new("VPY3133", $"'{_program}', which asks the admission plugin, does not fetch {pin}: {reason}")
        {
            NextStep = $"use a package that is admitted, or ask whoever configured the plugin ({_settings.AdmissionPlugin})",
        };
    }

    /// <summary>Lets go of what it waits with.</summary>
    public void Dispose() => _turns.Dispose();

    /// <summary>The client takes what is in the cache for sound, and would leave a damaged file where it is.</summary>
    private void RemoveIfDamaged(PackagePin pin)
    {
        string path = new CacheLayout(_settings.CacheDirectory).Instance(pin.Instance);
        if (!File.Exists(path)) return;
        Result<InstanceFile> opened = InstanceFile.Open(path, pin);
        if (opened.TryGet(out InstanceFile? sound, out Failure? failure)) sound.Dispose();
        else if (failure.Code == InstanceFile.ContentDiffers) File.Delete(path);
    }

    private static async Task TellAsync(StreamWriter input, string text)
    {
        try
        {
            await input.WriteAsync(text).ConfigureAwait(false);
            input.Close();
        }
        catch (IOException)
        {
            // It ended without listening; what it printed says why.
        }
    }

    /// <summary>The end of what a program prints: the reason is there.</summary>
    private static async Task<string> ReadEndAsync(StreamReader reader, CancellationToken cancellation)
    {
        const int kept = 2000;
        var end = new StringBuilder();
        char[] buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            end.Append(buffer, 0, count);
            if (end.Length > 2 * kept) end.Remove(0, end.Length - kept);
        }
        return end.ToString();
    }
}
