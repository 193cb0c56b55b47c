using VPythonTools.Runner.Commands;
using VPythonTools.Runner.Tests.Commands;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Tools;

public sealed class PresubmitTests
{
    private static string Tools => Path.Combine(SharedData.ProjectRoot, "tools");

    [Fact]
    public void The_check_for_depot_tools_does_what_its_tests_say()
    {
        Requirement.Tool("git");
        ProcessRun run = ProcessRun.Of(Requirement.Tool("python3"), ["-B", Path.Combine(Tools, "presubmit_test.py")], environment: new Dictionary<string, string?>
        {
            ["VPYTHON3_LINT"] = CommandSandbox.Program,
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_DIR"] = null,
        });
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("Ran 7 tests", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".pre-commit-hooks.yaml", "entry: vpython3 -vpython-tool ")]
    [InlineData("tools/github-workflow.yml", "run: vpython3 -vpython-tool ")]
    public void Definitions_for_other_tools_call_verbs_that_there_are(string file, string before)
    {
        string[] lines = [.. File.ReadLines(Path.Combine(SharedData.ProjectRoot, file)).Where(line => line.Contains(before, StringComparison.Ordinal))];
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Contains(Verbs.All, verb => verb.Name == line[(line.IndexOf(before, StringComparison.Ordinal) + before.Length)..].Split(' ')[0]));
    }
}
