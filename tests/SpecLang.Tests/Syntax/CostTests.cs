using System.Runtime.InteropServices;
using System.Text;
using VPythonTools.Fuzz;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Syntax;

public sealed class CostTests
{
    private const int MostAttempts = 12;

    public static TheoryData<string> Repeated => [.. Linear.Units];

    [Fact]
    public void Lexing_allocates_nothing()
    {
        SpecDocument[] documents = [.. CorpusFile.All.Select(file => file.Parse())];
        Count(documents);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int pieces = Count(documents);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(pieces > 10_000);
        // One heredoc in the corpus is a merge conflict, which is none; nothing else may allocate.
        Assert.Equal(0, allocated);
    }

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Time_is_proportional_to_length(string unit)
    {
        foreach (DocumentKind kind in (DocumentKind[])[DocumentKind.Spec, DocumentKind.Script])
        {
            SourceText small = Repeat(unit, 50_000);
            SourceText large = Repeat(unit, 400_000);
            TimeSpan smallTime = TimeSpan.FromDays(1);
            TimeSpan largeTime = TimeSpan.FromDays(1);
            // Eight times the length: a quadratic step anywhere takes 64 times as long. What counts is this thread's processor time, the best of some
            // attempts, so that a busy machine makes no difference.
            for (int attempt = 0; attempt < MostAttempts && (attempt == 0 || largeTime >= 24 * smallTime); attempt++)
            {
                smallTime = Shorter(smallTime, Time(small, kind));
                largeTime = Shorter(largeTime, Time(large, kind));
                if (smallTime < TimeSpan.FromMilliseconds(1)) smallTime = TimeSpan.FromMilliseconds(1);
            }
            Assert.True(largeTime < 24 * smallTime, $"{kind}: {largeTime} for eight times the text that took {smallTime}");
        }
    }

    private static int Count(SpecDocument[] documents)
    {
        int pieces = 0;
        foreach (SpecDocument document in documents)
        {
            var lexer = new SpecLexer(document);
            while (lexer.Next(out _)) pieces++;
        }
        return pieces;
    }

    private static TimeSpan Time(SourceText text, DocumentKind kind)
    {
        TimeSpan start = ThreadTime();
        ReadAndFormat(text, kind);
        return ThreadTime() - start;
    }

    private static TimeSpan ThreadTime()
    {
        Assert.Equal(0, clock_gettime(OperatingSystem.IsMacOS() ? 16 : 3, out TimeSpecification time));
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / 100);
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static void ReadAndFormat(SourceText text, DocumentKind kind)
    {
        BoundSpec bound = BoundSpec.Bind(SpecDocument.Parse(text, kind));
        PortabilityCheck.Find(bound);
        SpecFormatter.Format(bound.Tree, FormatOptions.Default);
        foreach (Diagnostic diagnostic in bound.Diagnostics) text.GetCharacterPosition(diagnostic.Span.Start);
    }

    private static SourceText Repeat(string unit, int length) => SourceText.From(new StringBuilder(length).Insert(0, unit, length / unit.Length).ToString());

    /// <summary>Processor time of the calling thread: <c>CLOCK_THREAD_CPUTIME_ID</c>.</summary>
    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out TimeSpecification time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpecification
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
