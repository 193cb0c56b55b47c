using VPythonTools.Stress;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>A tenth of what <c>tests/Stress</c> does: many at once, killed anywhere, removed while they start.</summary>
public sealed class StressTests(ITestOutputHelper output)
{
    [Fact]
    public void A_hundred_processes_on_an_empty_store_build_once_and_all_run() => AssertNothing(report => Storm.Run(100, 1, report));

    [Fact]
    public void A_hundred_processes_with_five_specs_build_five_environments() => AssertNothing(report => Storm.Run(100, 5, report));

    [Fact]
    public void Whatever_is_killed_the_next_run_works() => AssertNothing(report => Kills.Run(50, 1, report));

    [Fact]
    public void Whatever_is_killed_while_it_fetches_the_next_run_works() => AssertNothing(report => Kills.RunDownloads(50, 1, report));

    [Fact]
    public void Who_holds_an_environment_never_misses_a_file_of_it() => AssertNothing(report => PruneRace.RunStore(10_000, report));

    [Fact]
    public void Scripts_run_while_their_environments_are_removed() => AssertNothing(report => PruneRace.RunProcesses(500, report));

    private void AssertNothing(Func<TextWriter, IReadOnlyList<string>> run)
    {
        using var report = new StringWriter();
        IReadOnlyList<string> findings = run(report);
        output.WriteLine(report.ToString());
        Assert.True(findings.Count == 0, string.Join('\n', findings.Take(20)));
    }
}
