using System.Text;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Syntax;

public sealed class CostTests
{
    public static TheoryData<string> Repeated => new(
        "<", "a<", "a{", "a:[", "[", ">", "\"\\", "\"", "# comment\n", "#", "<<A\n", "<<A <<B\n", "A\n<<A\n", "[VPYTHON:BEGIN]", "[VPYTHON:BEGIN]\n", "[VPYTHON:BEGIN] x\n", "[VPYTHON:BEGIN]\n[VPYTHON:END]\n",
        "# [VPYTHON:BEGIN] x\n# [VPYTHON:END] x\n", "[VPYTHON:END]\n", "wheel: <\n", "wheel <name:'a'>", "<<<<<<< a\n", "a: 1\n", "\\", "\0", "é", " ", "\r", "word ", "1.", "- ", "a:-", ",", "a.b/", "\"\" ");

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
            Bind(small, kind);
            TimeSpan smallTime = Shortest(small, kind);
            TimeSpan largeTime = Shortest(large, kind);
            // Eight times the length: a quadratic step anywhere would take 64 times as long.
            Assert.True(largeTime < 30 * smallTime + TimeSpan.FromMilliseconds(30), $"{kind}: {largeTime} for eight times the text that took {smallTime}");
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

    private static TimeSpan Shortest(SourceText text, DocumentKind kind)
    {
        TimeSpan shortest = TimeSpan.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            Bind(text, kind);
            TimeSpan elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(start);
            if (elapsed < shortest) shortest = elapsed;
        }
        return shortest;
    }

    private static void Bind(SourceText text, DocumentKind kind) => BoundSpec.Bind(SpecDocument.Parse(text, kind));

    private static SourceText Repeat(string unit, int length) => SourceText.From(new StringBuilder(length).Insert(0, unit, length / unit.Length).ToString());
}
