using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class PythonWithoutSupportTests
{
    private readonly RuleTest<PythonWithoutSupport> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void It_is_found_from_the_day_after_on()
    {
        new RuleTest<PythonWithoutSupport> { Today = new(2024, 10, 7) }.Finds("python_version: \"3.8\"");
        new RuleTest<PythonWithoutSupport> { Today = new(2024, 10, 8) }.Finds("python_version: [|\"3.8\"|]", "Python 3.8 has had no security fixes since 2024-10-07. Move to '3.11' when the wheels are there.");
    }

    [Fact]
    public void The_oldest_supported_one_is_written() => _test.Fixes("python_version: [|\"3.8\"|]", "python_version: \"3.11\"", withUnsafe: true);

    [Fact]
    public void When_all_have_ended_there_is_no_fix()
    {
        var late = new RuleTest<PythonWithoutSupport> { Today = new(2040, 1, 1) };
        late.Finds("python_version: [|\"3.11\"|]", "Python 3.11 has had no security fixes since 2027-10-31. No supported platform has one that is newer.");
        Assert.Empty(late.Find("python_version: \"3.11\"")[0].Fixes);
    }

    [Fact]
    public void What_is_supported_unknown_or_not_offered_is_not_found()
    {
        _test.Finds("python_version: \"3.11\"");
        _test.Finds("python_version: \"3.6\"");
        new RuleTest<PythonWithoutSupport> { Settings = { ["vpython_pythons"] = "3.99" } }.Finds("python_version: \"3.99\"");
    }
}
