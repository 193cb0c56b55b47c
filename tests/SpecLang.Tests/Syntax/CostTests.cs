using VPythonTools.Fuzz;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Syntax;

[Collection(nameof(MeasuredAlone))]
public sealed class CostTests
{
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
        const int Length = 40_000;
        foreach (DocumentForm form in Linear.Forms)
        {
            ProcessorTime.AssertIsProportional(
                times =>
                {
                    SourceText text = form.Repeat(unit, Length * times);
                    return () => ReadAndFormat(text, form.Kind);
                },
                form.Name);
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

    private static void ReadAndFormat(SourceText text, DocumentKind kind)
    {
        BoundSpec bound = BoundSpec.Bind(SpecDocument.Parse(text, kind));
        PortabilityCheck.Find(bound);
        SpecFormatter.Format(bound.Tree, FormatOptions.Default);
        foreach (Diagnostic diagnostic in bound.Diagnostics) text.GetCharacterPosition(diagnostic.Span.Start);
    }
}
