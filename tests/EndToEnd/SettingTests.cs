using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>What variables and flags have a run tell, and to whom.</summary>
public sealed class SettingTests(PackageShelf packages) : RunTest(packages)
{
    [Fact]
    public void The_trace_goes_to_standard_error_and_the_flag_wins()
    {
        User.Variables["VPYTHON_LOG_TRACE"] = "1";
        ProcessRun traced = User.Run("-c", "print('out')");
        Assert.Equal("out\n", traced.Output);
        Assert.Contains("vpython3: debug: ", traced.Error, StringComparison.Ordinal);
        AssertPrints("out\n", User.Run("-vpython-log-level", "error", "-c", "print('out')"));
    }

    [Fact]
    public void The_time_of_each_step_is_told_to_who_asks()
    {
        User.Write("s.py", "print('out')\n");
        User.Variables["VPYTHON_TIMINGS"] = "times.json";
        Assert.Equal(["start", "spec", "warm record", "plan", "environment", "execute"], Steps());
        Assert.Equal(["start", "spec", "warm record", "execute"], Steps());
        User.Variables["VPYTHON_TIMINGS"] = "/nowhere/times.json";
        ProcessRun run = User.Run("s.py");
        Assert.Equal("out\n", run.Output);
        Assert.Contains("warning: the timings cannot be written to '/nowhere/times.json': its directory does not exist [VPY3046]", run.Error, StringComparison.Ordinal);

        string[] Steps()
        {
            AssertPrints("out\n", User.Run("s.py"));
            using var times = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(User.Combine("work", "times.json")));
            System.Text.Json.JsonElement[] steps = [.. times.RootElement.GetProperty("steps").EnumerateArray()];
            Assert.All(steps, step => Assert.True(step.GetProperty("ms").GetDouble() >= 0));
            Assert.Equal(steps.Sum(step => step.GetProperty("ms").GetDouble()), times.RootElement.GetProperty("total_ms").GetDouble(), tolerance: 0.01);
            return [.. steps.Select(step => step.GetProperty("name").GetString()!)];
        }
    }

    [Fact]
    public void The_times_never_go_to_standard_output_nor_wait_for_a_reader()
    {
        User.Write("s.py", "print('out')\n");
        string pipe = User.Combine("work", "pipe");
        Assert.Equal(0, ProcessRun.Of("mkfifo", [pipe]).ExitCode);
        foreach (string refused in (string[])[pipe, "/dev/stdout", "/dev/fd/1", User.Combine("work")])
        {
            User.Variables["VPYTHON_TIMINGS"] = refused;
            ProcessRun run = User.Run("s.py");
            Assert.Equal("out\n", run.Output);
            Assert.Contains($"warning: the timings cannot be written to '{refused}': it is ", run.Error, StringComparison.Ordinal);
            Assert.Contains("[VPY3046]\n  next: ", run.Error, StringComparison.Ordinal);
        }
        User.Variables["VPYTHON_TIMINGS"] = "/dev/stderr";
        ProcessRun told = User.Run("s.py");
        Assert.Equal("out\n", told.Output);
        Assert.StartsWith("{\n  \"version\": 1,", told.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VPYTHON_LINK_MODE", "foo", "VPY3045")]
    [InlineData("VPYTHON_STRICT", "foo", "VPY3047")]
    public void A_setting_without_a_meaning_is_told_whether_or_not_something_is_built(string variable, string value, string code)
    {
        AssertPrints("out\n", User.Run("-c", "print('out')"));
        User.Variables[variable] = value;
        AssertPrints("out\n", User.Run("-c", "print('out')"));
        foreach (string record in Directory.EnumerateFiles(User.Combine("root", "v1", "warm"))) File.Delete(record);
        ProcessRun run = User.Run("-c", "print('out')");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"error: {variable} is '{value}', ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"[{code}]\n  next: ", run.Error, StringComparison.Ordinal);
    }
}
