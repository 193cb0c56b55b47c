using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Tests.Analysis;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Fixes;

public sealed class SpecEditorTests
{
    private const string Added = "wheel: <\n  name: \"b\"\n  version: \"1\"\n>";

    [Theory]
    [InlineData("", Added + "\n")]
    [InlineData("# Only a comment.\n", "# Only a comment.\n" + Added + "\n")]
    [InlineData("python_version: '3'  # why\n# End.\n", "python_version: '3'  # why\n" + Added + "\n# End.\n")]
    [InlineData("python_version: '3'", "python_version: '3'\n" + Added)]
    [InlineData("wheel: <name: 'a'>\nwheel: <name: 'c'>\n", "wheel: <name: 'a'>\n" + Added + "\nwheel: <name: 'c'>\n")]
    [InlineData("wheel: <name: 'a'>\n\n# About c.\nwheel: <name: 'c'>\n", "wheel: <name: 'a'>\n\n" + Added + "\n\n# About c.\nwheel: <name: 'c'>\n")]
    [InlineData("wheel: <name: 'c'>\nwheel: <name: 'a'>\nverify_pep425_tag: <>\n", "wheel: <name: 'c'>\nwheel: <name: 'a'>\n" + Added + "\nverify_pep425_tag: <>\n")]
    [InlineData("wheel: <name: 'c'>\n\nwheel: <name: 'a'>\n", "wheel: <name: 'c'>\n\nwheel: <name: 'a'>\n\n" + Added + "\n")]
    [InlineData("wheel: <name: 'c'>\r\n", "wheel: <name: 'c'>\r\nwheel: <\r\n  name: \"b\"\r\n  version: \"1\"\r\n>\r\n")]
    public void A_wheel_is_added_where_it_belongs(string spec, string expected) => Assert.Equal(expected, AddWheel(spec, DocumentKind.Spec));

    [Theory]
    [InlineData("x\n  # [VPYTHON:BEGIN]\n  # wheel: <name: 'a'>\n  # wheel: <name: 'c'>\n  # [VPYTHON:END]\n", "x\n  # [VPYTHON:BEGIN]\n  # wheel: <name: 'a'>\n  # wheel: <\n  #   name: \"b\"\n  #   version: \"1\"\n  # >\n  # wheel: <name: 'c'>\n  # [VPYTHON:END]\n")]
    [InlineData("# [VPYTHON:BEGIN]\n#\n# [VPYTHON:END]\n", "# [VPYTHON:BEGIN]\n#\n# wheel: <\n#   name: \"b\"\n#   version: \"1\"\n# >\n# [VPYTHON:END]\n")]
    [InlineData("'''\n[VPYTHON:BEGIN]\npython_version: '3'\n[VPYTHON:END]\n'''\n", "'''\n[VPYTHON:BEGIN]\npython_version: '3'\nwheel: <\n  name: \"b\"\n  version: \"1\"\n>\n[VPYTHON:END]\n'''\n")]
    [InlineData("# [VPYTHON:BEGIN]\n# wheel: <name: 'a'>\nwheel: <name: 'c'>\n# [VPYTHON:END]\n", "# [VPYTHON:BEGIN]\n# wheel: <name: 'a'>\n# wheel: <\n#   name: \"b\"\n#   version: \"1\"\n# >\n# wheel: <name: 'c'>\n# [VPYTHON:END]\n")]
    public void In_a_script_new_lines_have_the_prefix_of_the_guards(string script, string expected) => Assert.Equal(expected, AddWheel(script, DocumentKind.Script));

    [Theory]
    [InlineData("wheel: <\n  name: 'a'\n>", "wheel: <\n  name: 'a'\n  x: 1\n>")]
    [InlineData("wheel: <\n    name: 'a'  # why\n>", "wheel: <\n    name: 'a'  # why\n    x: 1\n>")]
    [InlineData("wheel: <name: 'a'>", "wheel: <name: 'a' x: 1>")]
    [InlineData("wheel: {name: 'a', version: 'b'}", "wheel: {name: 'a', version: 'b', x: 1}")]
    [InlineData("wheel: <>", "wheel: < x: 1 >")]
    [InlineData("wheel: <\n>", "wheel: < x: 1 \n>")]
    public void A_field_is_added_to_a_message(string spec, string expected) => Assert.Equal(expected, Edit(spec, DocumentKind.Spec, static (editor, analysis) => editor.AddField(analysis.Wheels[0].Syntax, "x: 1")));

    [Fact]
    public void A_field_is_added_to_a_message_of_a_script() => Assert.Equal(
        "# [VPYTHON:BEGIN]\n# wheel: <\n#   name: 'a'\n#   x: 1\n# >\n# [VPYTHON:END]\n",
        Edit("# [VPYTHON:BEGIN]\n# wheel: <\n#   name: 'a'\n# >\n# [VPYTHON:END]\n", DocumentKind.Script, static (editor, analysis) => editor.AddField(analysis.Wheels[0].Syntax, "x: 1")));

    [Theory]
    [InlineData(false, "# Heading.\n\n# About a.\nwheel: <name: 'b'>\n")]
    [InlineData(true, "# Heading.\n\nwheel: <name: 'b'>\n")]
    public void Comments_above_what_is_removed_stay_unless_asked_otherwise(bool withComments, string expected) =>
        Assert.Equal(expected, Edit("# Heading.\n\n# About a.\nwheel: <\n  name: 'a'\n>  # a\nwheel: <name: 'b'>\n", DocumentKind.Spec, (editor, analysis) => editor.Remove(analysis.Wheels[0], withComments)));

    [Theory]
    [InlineData("wheel: [\n  {name: 'a'},  # about a\n  # about b\n  {name: 'b'}\n]", 0, "wheel: [\n    # about a\n  # about b\n  {name: 'b'}\n]")]
    [InlineData("wheel: [\n  {name: 'a'},  # about a\n  # about b\n  {name: 'b'}\n]", 1, "wheel: [\n  {name: 'a'}  # about a\n  # about b\n\n]")]
    [InlineData("wheel: [{name: 'a'}, {name: 'b'}]", 1, "wheel: [{name: 'a'}]")]
    public void Comments_between_elements_of_a_list_stay(string spec, int removed, string expected) =>
        Assert.Equal(expected, Edit(spec, DocumentKind.Spec, (editor, analysis) => editor.Remove(analysis.Wheels[removed])));

    [Fact]
    public void Strings_are_quoted_so_that_every_reader_takes_them_the_same_way() => Assert.Equal("\"a \\\"b\\\" \\\\ \\012 é\"", SpecEditor.Quote("a \"b\" \\ \n é"));

    private static string AddWheel(string text, DocumentKind kind) => Edit(text, kind, static (editor, analysis) => editor.AddWheel(analysis.Wheels, "b", "1"));

    private static string Edit(string text, DocumentKind kind, Func<SpecEditor, SpecAnalysis, TextChange> edit)
    {
        var document = SpecDocument.Parse(SourceText.From(text), kind);
        SpecAnalysis analysis = SpecAnalyzer.Analyze(document, new(PackageCatalogue.BuiltIn, new MemoryFiles(), new(2026, 1, 1)), AnalysisSettings.Default).Spec;
        SourceText edited = document.Text.WithChanges([edit(new(analysis.Tree), analysis)]);
        Assert.Empty(SyntaxTree.Parse(SpecDocument.Parse(edited, kind)).Diagnostics);
        return edited.ToString();
    }
}
