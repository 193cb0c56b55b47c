using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class MissingVersionKeyTests
{
    private readonly RuleTest<MissingVersionKey> _test = new() { Catalogue = FewPackages.Instance };

    [Theory]
    [InlineData("1.15.0")]
    [InlineData("5.8.0.chromium.3")]
    [InlineData("2.5.6-5c85ed3d46137b17da04c59bcd805ee5")]
    public void It_is_written_before_the_version(string written) => _test.Fixes($"wheel: <name: 'a' version: [|'{written}'|]>", $"wheel: <name: 'a' version: \"version:{written}\">");

    [Fact]
    public void The_message_says_what_to_write() => _test.Finds("wheel: <version: [|'1.0'|]>", "CIPD takes '1.0' for the name of a ref, and there is hardly one of that name. Write 'version:1.0'.");

    [Fact]
    public void Refs_tags_and_instance_IDs_are_not_found() => _test.Finds(
        "wheel: <version: 'latest'> wheel: <version: 'v1'> wheel: <version: 'version:1'> wheel: <version: 'BZZ2lpKxOuUSSlCxtVkcaX705fzRPCLN3hqFrDrKUu4C'> wheel: <version: '0123456789012345678901234567890123456789'> wheel: <>");
}
