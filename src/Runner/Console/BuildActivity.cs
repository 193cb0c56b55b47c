using System.Diagnostics;
using System.Globalization;

namespace VPythonTools.Runner.Console;

/// <summary>How far a build has come. Whoever does a part of it counts it here, from any thread; whoever shows it asks for <see cref="Describe"/>.</summary>
internal sealed class BuildActivity
{
    private const double Megabyte = 1e6;

    private readonly Stopwatch _time = Stopwatch.StartNew();
    private int _packages;
    private int _ready;
    private int _modules;
    private int _compiled;
    private long _expected;
    private long _received;
    private long _receivedSince;

    /// <summary>A build begins, of so many packages.</summary>
    public void Begin(int packages)
    {
        _time.Restart();
        (_packages, _ready, _modules, _compiled, _expected, _received, _receivedSince) = (packages, 0, 0, 0, 0, 0, 0);
    }

    /// <summary>A package is fetched, unpacked and compiled.</summary>
    public void Finished() => Interlocked.Increment(ref _ready);

    /// <summary>So many bytes will come from the network.</summary>
    public void Expect(long bytes) => Interlocked.Add(ref _expected, bytes);

    /// <summary>So many bytes came from the network.</summary>
    public void Received(long bytes)
    {
        Interlocked.CompareExchange(ref _receivedSince, Math.Max(_time.ElapsedMilliseconds, 1), 0);
        Interlocked.Add(ref _received, bytes);
    }

    /// <summary>So many modules will be compiled.</summary>
    public void WillCompile(int modules) => Interlocked.Add(ref _modules, modules);

    /// <summary>A module is compiled.</summary>
    public void Compiled() => Interlocked.Increment(ref _compiled);

    /// <summary>All of it as one line, such as <c>building: 3 of 12 packages, 34.1 of 80.0 MB (12.3 MB/s), 40 of 310 modules compiled</c>.</summary>
    public string Describe()
    {
        long received = Interlocked.Read(ref _received);
        long expected = Math.Max(Interlocked.Read(ref _expected), received);
        string text = "building an environment";
        if (_packages > 0) text += string.Create(CultureInfo.InvariantCulture, $": {_ready} of {_packages} packages");
        if (received > 0)
        {
            double seconds = Math.Max(_time.ElapsedMilliseconds - Interlocked.Read(ref _receivedSince), 1) / 1000.0;
            text += string.Create(CultureInfo.InvariantCulture, $", {received / Megabyte:0.0} of {expected / Megabyte:0.0} MB ({received / Megabyte / seconds:0.0} MB/s)");
        }
        if (_modules > 0) text += string.Create(CultureInfo.InvariantCulture, $", {_compiled} of {_modules} modules compiled");
        return text;
    }
}
