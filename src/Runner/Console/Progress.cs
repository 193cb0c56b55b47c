using System.Globalization;

namespace VPythonTools.Runner.Console;

/// <summary>How far something that takes long has come: one line on a terminal, which vanishes when it is done; nothing where nobody looks.</summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly string _what;
    private readonly int _all;
    private readonly bool _isShown;
    private int _done;
    private long _shownAt;

    private Progress(string what, int all, bool isShown)
    {
        _what = what;
        _all = all;
        _isShown = isShown;
    }

    /// <summary>Begins with nothing done.</summary>
    /// <param name="what">What is counted, such as <c>packages</c>.</param>
    /// <param name="all">How many there are.</param>
    public static Progress Start(string what, int all) => new(what, all, !System.Console.IsErrorRedirected);

    /// <summary>Some more are done.</summary>
    public void Advance(int count)
    {
        _done += count;
        if (!_isShown || Environment.TickCount64 - _shownAt < Interval.TotalMilliseconds) return;
        _shownAt = Environment.TickCount64;
        System.Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r\e[K{_what}: {_done} of {_all}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isShown || _shownAt == 0) return;
        _shownAt = 0;
        System.Console.Error.Write("\r\e[K");
    }
}
