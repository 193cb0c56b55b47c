using System.Text;
using VPythonTools.Fuzz;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Differential;

/// <summary>The published text format is what protoc reads. <c>tests/Fuzz</c> runs the same comparison for as long as wanted.</summary>
public sealed class ProtocDifferentialTests
{
    private const int Cases = 20_000;
    private const int Seed = 20_260_101;

    [Fact]
    public void What_protoc_accepts_we_accept_with_the_same_bytes_and_nothing_else()
    {
        using var protoc = new Protoc();
        Fuzz.Differential.Outcome outcome = new Fuzz.Differential(protoc, KnownDisagreements.Load()).Run(Cases, Seed);
        Assert.True(outcome.Unexplained.Count == 0, string.Join("\n\n", outcome.Unexplained.Take(3)));
        Assert.Equal(Cases, outcome.Accepted + outcome.Refused + outcome.Explained);
        // A generator that only makes mistakes, or none, compares nothing.
        Assert.InRange(outcome.Accepted, Cases / 4, Cases * 3 / 4);
    }

    [Theory]
    [InlineData("VPY1008", "\\U00110000", true)]
    [InlineData("VPY1008", "\\U0010FFFF", false)]
    [InlineData("VPY1008", "\\a", false)]
    [InlineData("VPY1015", "<", false)]
    [InlineData("VPY1208", "\"\\xff\"", true)]
    [InlineData("VPY1208", "\"\\x7f\"", false)]
    [InlineData("VPY1210", "[type.googleapis.com/vpython.Spec]", true)]
    [InlineData("VPY1210", "[vpython.Speck]", false)]
    [InlineData("VPY1001", "x", false)]
    public void A_row_of_the_table_explains_only_what_it_says(string code, string found, bool isExplained)
    {
        var descriptor = new DiagnosticDescriptor(code, "", "", DiagnosticCategory.Syntax, DiagnosticSeverity.Error);
        byte[] text = Encoding.ASCII.GetBytes("x: " + found);
        Assert.Equal(isExplained, KnownDisagreements.Load().ExplainRefusal(text, [Diagnostic.Create(descriptor, TextSpan.FromBounds(3, text.Length))], SchemaSet.VPython));
    }
}
