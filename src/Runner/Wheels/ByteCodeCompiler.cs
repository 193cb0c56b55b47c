using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// Compiles modules by the interpreter that will read them: a few processes of it, at most one a core, each for as many modules as come, of whatever wheels. They start when the first module
/// comes and end when this is disposed.
/// </summary>
/// <remarks>
/// A module that does not compile has no byte-code, as with pip: who imports it gets Python's own error. One that takes the compiler down with it, or holds it up, costs that process and
/// nothing else.
/// </remarks>
/// <param name="python">The interpreter.</param>
/// <param name="environment">The caller's variables: an interpreter may need some to find its libraries.</param>
/// <param name="log">Where it is said what did not compile.</param>
internal sealed class ByteCodeCompiler(string python, EnvironmentBlock environment, Log log) : IDisposable
{
    /// <summary>A larger module may take gigabytes of memory to compile; Python does it when somebody imports it.</summary>
    public const long LargestModule = 8 << 20;

    private static readonly TimeSpan LongestCompilation = TimeSpan.FromMinutes(1);
    private static readonly Lazy<string> Script = new(ReadScript);

    private readonly ConcurrentBag<Process> _idle = [];
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);
    private volatile bool _isBroken;

    /// <summary>Compiles one module; gives the size and checksum of its byte-code, or null when it has none.</summary>
    /// <param name="source">The module.</param>
    /// <param name="output">Where its byte-code goes.</param>
    /// <param name="name">The file name that is in the code. Python puts the module's own path there when it loads it.</param>
    /// <param name="cancellation">Stops at once.</param>
    public async Task<(long Size, uint Crc32)?> CompileAsync(string source, string output, string name, CancellationToken cancellation)
    {
        if (_isBroken) return null;
        await _places.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if ((_idle.TryTake(out Process? idle) ? idle : Start()) is not { } process) return null;
            string? answer = await AskAsync(process, source, output, name, cancellation).ConfigureAwait(false);
            if (answer is null)
            {
                End(process);
                cancellation.ThrowIfCancellationRequested();
                log.Debug($"{name} has no byte-code: the compiler ended or took too long");
                return null;
            }
            _idle.Add(process);
            string[] words = answer.Split(' ');
            if (words is ["ok", var crc32, var size])
                return (long.Parse(size, CultureInfo.InvariantCulture), uint.Parse(crc32, CultureInfo.InvariantCulture));
            log.Debug($"{name} has no byte-code: {answer}");
            return null;
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Process process in _idle) End(process);
        _idle.Clear();
        _places.Dispose();
    }

    private Process? Start()
    {
        var start = new ProcessStartInfo(python)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string argument in (string[])["-I", "-S", "-B", "-W", "ignore", "-c", Script.Value, FileCloner.ModifiedSeconds.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        environment.CopyTo(start.Environment);
        try
        {
            Process process = Process.Start(start)!;
            // What it says there is about a module that nobody asked to see compiled; the pipe must not fill.
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception exception)
        {
            _isBroken = true;
            log.Debug($"no byte-code is made: '{python}' cannot be started: {exception.Message}");
            return null;
        }
    }

    private static async Task<string?> AskAsync(Process process, string source, string output, string name, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LongestCompilation);
        try
        {
            await process.StandardInput.WriteAsync($"{source}\0{output}\0{Printable(name)}\n".AsMemory(), limit.Token).ConfigureAwait(false);
            await process.StandardInput.FlushAsync(limit.Token).ConfigureAwait(false);
            return await process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static string Printable(string name) => string.Concat(name.Select(character => char.IsControl(character) ? '?' : character));

    private static void End(Process process)
    {
        // It holds nothing that has to be put away: what it wrote is named by whoever asked for it.
        process.Kill();
        process.Dispose();
    }

    private static string ReadScript()
    {
        using Stream resource = typeof(ByteCodeCompiler).Assembly.GetManifestResourceStream("compile.py")!;
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
