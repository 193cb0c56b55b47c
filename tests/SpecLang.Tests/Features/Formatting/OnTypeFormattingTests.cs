using VPythonTools.SpecLang.Features.Formatting;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Formatting;

public sealed class OnTypeFormattingTests
{
    [Theory]
    [InlineData("wheel: <\n$$\n>\n", "wheel: <\n  \n>\n")]
    [InlineData("wheel: <\n      $$\n>\n", "wheel: <\n  \n>\n")]
    [InlineData("wheel: <\n$$\n", "wheel: <\n  \n")]
    [InlineData("wheel: <\n  match_tag: <\n$$\n", "wheel: <\n  match_tag: <\n    \n")]
    [InlineData("wheel: <\n$$>\n", "wheel: <\n>\n")]
    [InlineData("wheel: <\n    $$>\n", "wheel: <\n>\n")]
    [InlineData("wheel: [\n  {},\n$$\n]\n", "wheel: [\n  {},\n  \n]\n")]
    [InlineData("python_version: \"3\"\n  $$\n", "python_version: \"3\"\n\n")]
    [InlineData("python_version: <<END\n  $$\nEND\n", "python_version: <<END\n  \nEND\n")]
    [InlineData("wheel: <\n  name: \"a\"\n$$version: \"b\"\n>\n", "wheel: <\n  name: \"a\"\n  version: \"b\"\n>\n")]
    public void A_new_line_is_indented(string marked, string expected) => Types(marked, expected, '\n');

    [Theory]
    [InlineData("wheel:<name:\"a\">$$\nwheel:<>\n", "wheel: <\n  name: \"a\"\n>\nwheel:<>\n")]
    [InlineData("wheel:{\nname:\"a\"\n  }$$\n", "wheel: {\n  name: \"a\"\n}\n")]
    [InlineData("wheel: <\n  match_tag: <\n    abi: \"x\"\n    >$$\n", "wheel: <\n  match_tag: <\n    abi: \"x\"\n  >\n")]
    [InlineData("# a > $$\n", "# a > \n")]
    [InlineData("python_version: \">$$\"\n", "python_version: \">\"\n")]
    public void A_block_is_laid_out_when_it_is_closed(string marked, string expected) => Types(marked, expected, marked[marked.IndexOf("$$", StringComparison.Ordinal) - 1]);

    [Fact]
    public void A_new_line_of_a_spec_in_a_script_gets_the_prefix()
    {
        var spec = MarkedSpec.Parse("", "  # [VPYTHON:BEGIN]\n  # wheel: <\n$$\n  # >\n  # [VPYTHON:END]\n", "/src/x.py");
        Assert.Equal("  # [VPYTHON:BEGIN]\n  # wheel: <\n  #   \n  # >\n  # [VPYTHON:END]\n", spec.Text.WithChanges(OnTypeFormatting.Format(spec.Analysis, spec.Cursor, '\n')).ToString());
    }

    [Fact]
    public void Lines_of_the_script_are_left_alone()
    {
        var spec = MarkedSpec.Parse("", "if x:\n$$\n# [VPYTHON:BEGIN]\n# wheel: <>\n# [VPYTHON:END]\n$$\n", "/src/x.py");
        Assert.All(spec.Cursors, cursor => Assert.Empty(OnTypeFormatting.Format(spec.Analysis, cursor, '\n')));
    }

    [Fact]
    public void Any_text_can_be_typed_into() => BrokenTexts.Check(static (spec, random) =>
    {
        foreach (int offset in BrokenTexts.Offsets(spec, random, 6))
        {
            foreach (char typed in OnTypeFormatting.Triggers) spec.Text.WithChanges(OnTypeFormatting.Format(spec, offset, typed));
        }
    });

    private static void Types(string marked, string expected, char typed)
    {
        foreach ((MarkedSpec spec, MarkedSpec wanted) in MarkedSpec.InAllForms(marked).Zip(MarkedSpec.InAllForms(expected)))
        {
            string actual = spec.Text.WithChanges(OnTypeFormatting.Format(spec.Analysis, spec.Cursor, typed)).ToString();
            Assert.Equal(Trimmed(wanted.Text.ToString()), Trimmed(actual));
        }
    }

    /// <summary>The forms cut blanks behind the comment prefix of an empty line, which is where the cursor is to be.</summary>
    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(static line => line.TrimEnd('\r').TrimEnd() is "#" or "//" or "  //" ? line.Trim() : line.TrimEnd('\r')));
}
