using System.Runtime.InteropServices;

namespace VPythonTools.Testing;

/// <summary>The processor time of the calling thread: what a busy machine does not change.</summary>
public static class ThreadTime
{
    /// <summary>How much the thread has used so far.</summary>
    public static TimeSpan Now
    {
        get
        {
            // CLOCK_THREAD_CPUTIME_ID
            if (clock_gettime(OperatingSystem.IsMacOS() ? 16 : 3, out TimeSpecification time) != 0) throw new InvalidOperationException("the system does not say how much time a thread used");
            return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / 100);
        }
    }

    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out TimeSpecification time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpecification
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
