using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class NewerVersionTests
{
    private readonly RuleTest<NewerVersion> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_newest_release_is_written() => _test.Fixes(
        "wheel: <name: 'infra/python/wheels/six-py2_py3' version: [|'version:1.10.0'|]>", "wheel: <name: 'infra/python/wheels/six-py2_py3' version: \"version:1.16.0\">", withUnsafe: true);

    [Fact]
    public void A_version_that_lacks_a_platform_is_not_newer()
    {
        const string Wheel = "wheel: <name: 'infra/python/wheels/psutil/${vpython_platform}' version: ";
        _test.Finds($"python_version: '3.8' {Wheel}'version:5.8.0.chromium.3'>");
        _test.Finds($"{Wheel}'version:5.8.0.chromium.3'>");
        _test.Finds($"python_version: '3.11' {Wheel}[|'version:5.8.0.chromium.3'|]>", "There is a newer version: 'version:5.9.0'.");
    }

    [Fact]
    public void A_version_that_another_wheel_refuses_is_not_proposed()
    {
        var known = new SmallCatalogue().Universal("client-py3", "1.0", "idna<2.9").Universal("idna-py3", "2.7").Universal("idna-py3", "2.8").Universal("idna-py3", "2.10");
        var test = new RuleTest<NewerVersion> { Catalogue = known.Open() };
        const string Idna = "python_version: '3.8' wheel: <name: 'infra/python/wheels/idna-py3' version: ";
        const string Client = " wheel: <name: 'infra/python/wheels/client-py3' version: 'version:1.0'>";
        test.Finds(Idna + "[|'version:2.7'|]>" + Client, "There is a newer version: 'version:2.8'.");
        test.Finds(Idna + "'version:2.8'>" + Client);
        test.Finds(Idna + "[|'version:2.8'|]>", "There is a newer version: 'version:2.10'.");
    }

    [Fact]
    public void The_newest_and_unknown_ones_are_not_found()
    {
        _test.Finds("wheel: <name: 'infra/python/wheels/six-py2_py3' version: 'version:1.16.0'> wheel: <name: 'infra/python/wheels/six-py2_py3' version: 'version:3'> wheel: <name: 'x' version: 'version:1'> wheel: <name: 'infra/python/wheels/six-py2_py3' version: 'latest'>");
        _test.Finds("python_version: '2.7' wheel: <name: 'infra/python/wheels/six-py2_py3' version: 'version:1.10.0'>");
    }
}
