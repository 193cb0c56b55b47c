using System.Runtime.InteropServices;

namespace VPythonTools.Runner.Console;

/// <summary>
/// One line about what goes on, for a person at a terminal: written over and over in its place, erased by whatever is said meanwhile, and gone when it is disposed. Where nobody looks, on a pipe or
/// in a file, at most one line is written, once it has taken long.
/// </summary>
internal sealed partial class ActivityLine : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private const int StandardError = 2;
    private const int UsualWidth = 80;

    private static readonly Lock OneAtATime = new();
    private static ActivityLine? _shown;

    private readonly Func<string> _text;
    private readonly bool _isTerminal;
    private readonly Timer _timer;
    private bool _isOver;
    private string _drawn = "";

    private ActivityLine(Func<string> text, TimeSpan after, TimeSpan notice, bool isTerminal)
    {
        _text = text;
        _isTerminal = isTerminal;
        _timer = isTerminal ? new(_ => Draw(), null, after, Interval) : new(_ => Log.Notice(text()), null, notice, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins.</summary>
    /// <param name="text">What goes on now, one line; asked again each time.</param>
    /// <param name="after">How long it takes before it is worth a line on a terminal.</param>
    /// <param name="notice">How long it takes before it is worth a line elsewhere.</param>
    public static ActivityLine Start(Func<string> text, TimeSpan after, TimeSpan notice) => new(text, after, notice, IsTerminal());

    /// <summary>Takes away what is on the screen; called before anything else is written there.</summary>
    public static void Erase()
    {
        if (Volatile.Read(ref _shown) is null) return;
        lock (OneAtATime)
        {
            if (_shown is null) return;
            _shown = null;
            StandardStreams.WriteError("\r\e[K");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (OneAtATime) _isOver = true;
        _timer.Dispose();
        Erase();
    }

    private void Draw()
    {
        lock (OneAtATime)
        {
            if (_isOver) return;
            string line = "vpython3: " + _text();
            int width = Width() - 1;
            if (line.Length > width) line = line[..Math.Max(width, 0)];
            // Whoever records the terminal keeps every drawing.
            if (_shown == this && line == _drawn) return;
            (_shown, _drawn) = (this, line);
            StandardStreams.WriteError("\r\e[K" + line);
        }
    }

    /// <summary>Whether somebody can see it vanish. Without System.Console, whose first use changes the terminal.</summary>
    private static bool IsTerminal() =>
        OperatingSystem.IsWindows()
            ? !System.Console.IsErrorRedirected
            : isatty(StandardError) != 0 && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    private static int Width()
    {
        if (OperatingSystem.IsWindows()) return UsualWidth;
        Span<ushort> size = stackalloc ushort[4];
        nuint request = OperatingSystem.IsMacOS() ? 0x40087468u : 0x5413u;
        return ioctl(StandardError, request, size) == 0 && size[1] > 0 ? size[1] : UsualWidth;
    }

    [LibraryImport("libc")]
    private static partial int isatty(int descriptor);

    [LibraryImport("libc")]
    private static partial int ioctl(int descriptor, nuint request, Span<ushort> size);
}
