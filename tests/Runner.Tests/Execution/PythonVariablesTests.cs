using VPythonTools.Runner.Execution;
using Xunit;

namespace VPythonTools.Runner.Tests.Execution;

public sealed class PythonVariablesTests
{
    private const string Id = "0123456789abcdefghijklmnop";

    [Fact]
    public void Only_what_would_lead_Python_elsewhere_changes()
    {
        EnvironmentBlock result = PythonVariables.In(
            EnvironmentBlock.Of(["HOME=/h", "PATH=/usr/bin:/bin", "PYTHONHOME=/x", "PYTHONPATH=/p"]), "/e", "/e/bin");
        Assert.Equal(["HOME=/h", "PATH=/e/bin:/usr/bin:/bin", "PYTHONPATH=/p", "PYTHONNOUSERSITE=1", "VIRTUAL_ENV=/e"], result.Entries);
    }

    [Fact]
    public void A_nested_run_replaces_the_scripts_of_the_one_around_it() =>
        Assert.Equal($"/e/bin:/usr/bin", PythonVariables.In(EnvironmentBlock.Of([$"PATH=/any/v1/environments/{Id}/bin:/usr/bin"]), "/e", "/e/bin")["PATH"]);

    [Fact]
    public void An_empty_PATH_does_not_become_the_working_directory() =>
        Assert.Equal("/e/bin", PythonVariables.In(EnvironmentBlock.Of(["PATH="]), "/e", "/e/bin")["PATH"]);

    [Fact]
    public void Without_PATH_the_systems_default_stays_reachable() =>
        Assert.Equal("/e/bin:/bin:/usr/bin", PythonVariables.In(EnvironmentBlock.Of([]), "/e", "/e/bin")["PATH"]);
}
