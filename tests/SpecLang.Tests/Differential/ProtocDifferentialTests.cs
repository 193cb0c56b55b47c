using VPythonTools.Fuzz;
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
}
