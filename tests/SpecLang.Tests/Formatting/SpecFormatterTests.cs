using System.Text;
using VPythonTools.Fuzz;
using VPythonTools.Fuzz.Laws;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Formatting;

public sealed class SpecFormatterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n\n", "")]
    [InlineData("python_version:'3'", "python_version: '3'\n")]
    [InlineData("\n\n a : 1 ;b:2,c:3", "a: 1\nb: 2\nc: 3\n")]
    [InlineData("wheel{name:\"a\";version:\"b\",}wheel<>", "wheel: <\n  name: \"a\"\n  version: \"b\"\n>\nwheel: <>\n")]
    [InlineData("a: 1\n\n\n\nb: 2\n\n", "a: 1\n\nb: 2\n")]
    [InlineData("a: <\n\n b: 1\n\n>", "a: <\n  b: 1\n>\n")]
    [InlineData("#c\na: 1 # d  \n  # e\nb: < # f\n# g\n>\n# h", "#c\na: 1  # d\n# e\nb: <  # f\n  # g\n>\n# h\n")]
    [InlineData("a: - 1 b: \"x\"  \"y\"\nc: \"x\"\n\"y\"", "a: -1\nb: \"x\" \"y\"\nc: \"x\"\n  \"y\"\n")]
    [InlineData("a [ <b:1 c:2>,\n{} ]", "a: [{b: 1, c: 2}, {}]\n")]
    [InlineData("a: [1 ,2\n,3]", "a: [1, 2, 3]\n")]
    [InlineData("a: [1, # one\n2]", "a: [\n  1,  # one\n  2\n]\n")]
    [InlineData("a: [\n]", "a: []\n")]
    [InlineData("a: <<X\n  text\nX\nb: 1", "a: <<X\n  text\nX\nb: 1\n")]
    [InlineData("a: 1\r\n\r\n\r\nb: <c: 1>\r\n", "a: 1\r\n\r\nb: <\r\n  c: 1\r\n>\r\n")]
    [InlineData("\uFEFFa:1", "\uFEFFa: 1\n")]
    [InlineData("[ a . b ] : 1", "[a.b]: 1\n")]
    [InlineData("a # c\n: 1", "a  # c\n  : 1\n")]
    [InlineData("verify: [{python: 'cp311', abi: 'cp311', platform: 'manylinux1_x86_64'}, {python: 'cp311', abi: 'cp311', platform: 'win_amd64'}]", "verify: [\n  {python: 'cp311', abi: 'cp311', platform: 'manylinux1_x86_64'},\n  {python: 'cp311', abi: 'cp311', platform: 'win_amd64'}\n]\n")]
    public void Has_one_style(string text, string expected) => Assert.Equal(expected, Format(text, DocumentKind.Spec));

    [Theory]
    [InlineData("a:<b:1\n c:2\na:<b:2>", "a:<b:1\n c:2\na: <\n  b: 2\n>\n")]
    [InlineData("a:1\nwheel : < x y z >\nb:2", "a: 1\nwheel : < x y z >\nb: 2\n")]
    [InlineData("a:1\n?? b:2", "a:1\n?? b: 2\n")]
    public void Leaves_a_field_with_a_mistake_as_it_is(string text, string expected) => Assert.Equal(expected, Format(text, DocumentKind.Spec));

    [Fact]
    public void Leaves_what_is_between_off_and_on_as_it_is() => Assert.Equal(
        "a: 1\n# vpython-fmt: off\nb  :  2\n    c:3\n# vpython-fmt: on\nd: 4\n",
        Format("a:1\n# vpython-fmt: off\nb  :  2\n    c:3\n# vpython-fmt: on\nd: 4\n", DocumentKind.Spec));

    [Fact]
    public void Formats_a_spec_in_its_script() => Assert.Equal(
        "import x\n  # [VPYTHON:BEGIN]\n  # a: 1\n  #\n  # # c\n  # wheel: <\n  #   name: \"x\"\n  # >\n  # [VPYTHON:END]\nmain( )\n",
        Format("import x\n  # [VPYTHON:BEGIN]\n  # a:1\n#\n  # # c\n# wheel{name:\"x\"}\n  # [VPYTHON:END]\nmain( )\n", DocumentKind.Script));

    [Theory]
    [InlineData("# [VPYTHON:BEGIN]\n#\n# [VPYTHON:END]\n")]
    [InlineData("# [VPYTHON:BEGIN]\n# a:1\n#[VPYTHON:END]\n")]
    [InlineData("# [VPYTHON:BEGIN]\n# a:1\n")]
    [InlineData("import os\n")]
    public void Leaves_a_script_without_a_good_spec_as_it_is(string script) => Assert.Equal(script, Format(script, DocumentKind.Script));

    [Fact]
    public void Brackets_are_a_matter_of_choice()
    {
        const string Text = "a: {\n  b: 1\n}\nc: [\n  <d: 1>,  # e\n  {}\n]\n";
        Assert.Equal(Text, Format(Text, DocumentKind.Spec, new(2, BracketStyle.Keep)));
        Assert.Equal(Text.Replace('{', '<').Replace('}', '>'), Format(Text, DocumentKind.Spec, new(2, BracketStyle.Angle)));
        Assert.Equal(Text.Replace('<', '{').Replace('>', '}'), Format(Text, DocumentKind.Spec, new(2, BracketStyle.Brace)));
        Assert.Equal("a: <\n    b: 1\n>\n", Format("a: {b: 1}", DocumentKind.Spec, new(4, BracketStyle.Mixed)));
    }

    [Theory]
    [InlineData("a:1\r\nb:2\r\n", "a: 1\r\nb: 2\r\n")]
    [InlineData("a:1\r\nb:2\n", "a: 1\nb: 2\n")]
    [InlineData("a\r\n:<<A\nx\nA", "a: <<A\nx\nA\r\n")]
    [InlineData("a:1", "a: 1\n")]
    public void Line_breaks_are_those_of_the_text(string text, string expected) => Assert.Equal(expected, Format(text, DocumentKind.Spec));

    [Fact]
    public void Sorts_wheels_with_their_comments_when_asked()
    {
        const string Text = """
            python_version: "3.11"

            # Heading of the first run.

            # Why c.
            wheel: <
              name: "c"  # behind the name
            >  # behind c

            wheel: < name: "a" >
            # vpython-fmt: off
            wheel: <name: "z">
            wheel: <name: "y">
            # vpython-fmt: on
            wheel: <name: "f">
            wheel: <name: "e">
            # Heading of another run.

            wheel: <name: "d">
            """;
        Assert.Equal(
            """
            python_version: "3.11"

            # Heading of the first run.

            wheel: <
              name: "a"
            >

            # Why c.
            wheel: <
              name: "c"  # behind the name
            >  # behind c
            # vpython-fmt: off
            wheel: <name: "z">
            wheel: <name: "y">
            # vpython-fmt: on
            wheel: <
              name: "e"
            >
            wheel: <
              name: "f"
            >
            # Heading of another run.

            wheel: <
              name: "d"
            >

            """,
            Format(Text, DocumentKind.Spec, FormatOptions.Default with { SortsWheels = true }));
    }

    [Fact]
    public void Sorts_within_a_script_and_leaves_what_shares_a_line()
    {
        FormatOptions options = FormatOptions.Default with { SortsWheels = true };
        Assert.Equal(
            "x\n# [VPYTHON:BEGIN]\n# wheel: <\n#   name: \"a\"\n# >\n# # About b.\n# wheel: <\n#   name: \"b\"\n# >\n# [VPYTHON:END]\n",
            Format("x\n# [VPYTHON:BEGIN]\n# # About b.\n# wheel: <name: \"b\">\n# wheel: <name: \"a\">\n# [VPYTHON:END]\n", DocumentKind.Script, options));
        Assert.Equal(
            "wheel: <\n  name: \"b\"\n>\nwheel: <\n  name: \"a\"\n>\n",
            Format("wheel: <name: \"b\"> wheel: <name: \"a\">", DocumentKind.Spec, options));
    }

    [Fact]
    public void Sorting_keeps_every_wheel_and_comment_and_is_done_once()
    {
        FormatOptions options = FormatOptions.Default with { SortsWheels = true };
        foreach (CorpusFile file in CorpusFile.All)
        {
            SpecDocument document = file.Parse();
            SourceText once = document.Text.WithChanges(SpecFormatter.Format(document, options));
            var formatted = SpecDocument.Parse(once, document.Kind);
            var before = BoundSpec.Bind(document);
            var after = BoundSpec.Bind(formatted);
            Assert.Equal(before.Spec.Wheel.Select(static wheel => wheel.ToString()).Order(StringComparer.Ordinal), after.Spec.Wheel.Select(static wheel => wheel.ToString()).Order(StringComparer.Ordinal));
            Assert.Equal(FormatLaw.Comments(before.Tree).Order(StringComparer.Ordinal), FormatLaw.Comments(after.Tree).Order(StringComparer.Ordinal));
            Assert.Empty(SpecFormatter.Format(formatted, options));
        }
    }

    [Fact]
    public void Options_come_from_editorconfig()
    {
        Assert.Equal(
            new FormatOptions(4, BracketStyle.Brace, SortsWheels: true),
            FormatOptions.Read(new Dictionary<string, string> { ["vpython_indent_size"] = "4", ["vpython_brackets"] = "Brace", ["vpython_sort_wheels"] = "true", ["indent_size"] = "3" }, out var problems));
        Assert.Empty(problems);
        Assert.Equal(
            FormatOptions.Default,
            FormatOptions.Read(new Dictionary<string, string> { ["vpython_indent_size"] = "0", ["vpython_brackets"] = "round", ["vpython_sort_wheels"] = "" }, out problems));
        Assert.Equal(["vpython_indent_size", "vpython_brackets", "vpython_sort_wheels"], problems.Select(static problem => problem.Name));
    }

    [Fact]
    public void The_corpus_keeps_its_meaning_and_is_in_style_afterwards()
    {
        foreach (CorpusFile file in CorpusFile.All) FormatLaw.Check(file.Parse());
    }

    [Fact]
    public void Any_text_keeps_its_meaning_and_is_in_style_afterwards()
    {
        var random = new Random(1);
        var generator = new TextGenerator(random);
        var mutator = new TextMutator(random);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] text = generator.Generate(Spec.Descriptor);
            if (i % 3 == 0) text = mutator.Mutate(text);
            FormatLaw.Check(SpecDocument.Parse(SourceText.From(text), DocumentKind.Spec));
            string script = "x\n# [VPYTHON:BEGIN]\n# " + Encoding.UTF8.GetString(text).Replace("\n", "\n# ", StringComparison.Ordinal) + "\n# [VPYTHON:END]\ny";
            FormatLaw.Check(SpecDocument.Parse(SourceText.From(script), DocumentKind.Script));
        }
    }

    private static string Format(string text, DocumentKind kind, FormatOptions? options = null)
    {
        var document = SpecDocument.Parse(SourceText.From(text), kind);
        return document.Text.WithChanges(SpecFormatter.Format(document, options ?? FormatOptions.Default)).ToString();
    }
}
