using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class MovingVersionTests
{
    private readonly RuleTest<MovingVersion> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_newest_known_version_is_written() => _test.Fixes(
        "wheel: <name: 'infra/python/wheels/requests-py2_py3' version: [|'latest'|]>", "wheel: <name: 'infra/python/wheels/requests-py2_py3' version: \"version:2.31.0\">", withUnsafe: true);

    [Fact]
    public void The_message_says_why() => _test.Finds(
        "wheel: <name: 'a' version: [|'prod'|]> wheel: <name: 'infra/python/wheels/requests-py2_py3' version: [|'latest'|]>",
        "'prod' is a ref: what it stands for changes without a change of this spec. Write a version such as \"version:1.0\".",
        "'latest' is a ref: what it stands for changes without a change of this spec. Write a version; the newest known one is 'version:2.31.0'.");

    [Fact]
    public void What_stays_and_what_lacks_its_key_is_not_found() => _test.Finds("wheel: <version: 'version:1'> wheel: <version: '1.0'> wheel: <version: 'BZZ2lpKxOuUSSlCxtVkcaX705fzRPCLN3hqFrDrKUu4C'> wheel: <version: 'A'> wheel: <>");
}
