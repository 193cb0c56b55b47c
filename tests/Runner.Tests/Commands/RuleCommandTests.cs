using System.Text.Json;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands;

public sealed class RuleCommandTests : IDisposable
{
    private readonly CommandSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_rule_is_explained_as_on_its_page()
    {
        ProcessRun run = _sandbox.Run("rule", "vpy2301");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs/rules/VPY2301.md")), run.Output);
    }

    [Fact]
    public void A_kind_of_the_language_is_explained_by_its_message()
    {
        ProcessRun run = _sandbox.Run("rule", "VPY1002");
        Assert.StartsWith("# VPY1002: Missing colon\n\nerror, about: syntax.", run.Output, StringComparison.Ordinal);
        Assert.Contains("> Write ':' between '{0}' and its value.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_parts()
    {
        JsonElement rule = JsonDocument.Parse(_sandbox.Run("rule", "VPY2301", "--format", "json").Output).RootElement;
        Assert.Equal(
            ["code", "title", "category", "severity", "message", "whatItDoes", "whyItMatters", "example", "instead", "fix"],
            rule.EnumerateObject().Select(static property => property.Name));
        Assert.Equal(("VPY2301", "warning", "wheels"), (rule.GetProperty("code").GetString(), rule.GetProperty("severity").GetString(), rule.GetProperty("category").GetString()));
    }

    [Fact]
    public void All_are_all()
    {
        JsonElement all = JsonDocument.Parse(_sandbox.Run("rule", "--all", "--format", "json").Output).RootElement;
        Assert.Equal(DiagnosticReference.All.Select(static entry => entry.Descriptor.Id), all.EnumerateArray().Select(static one => one.GetProperty("code").GetString()));
        string text = _sandbox.Run("rule", "--all").Output;
        Assert.All(DiagnosticReference.All, entry => Assert.Contains($"# {entry.Descriptor.Id}: {entry.Descriptor.Title}\n", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("VPY9999")]
    [InlineData]
    [InlineData("VPY2301", "--all")]
    [InlineData("VPY2301", "--format", "html")]
    public void What_there_is_not_is_two(params string[] arguments)
    {
        ProcessRun run = _sandbox.Run(["rule", .. arguments]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("error: ", run.Error, StringComparison.Ordinal);
    }
}
