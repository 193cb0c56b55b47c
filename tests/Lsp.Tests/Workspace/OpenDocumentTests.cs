using CsCheck;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;
using Xunit;
using Range = VPythonTools.Lsp.Protocol.Range;

namespace VPythonTools.Lsp.Tests.Workspace;

public sealed class OpenDocumentTests
{
    private static readonly string[] Pieces = ["a", "b\n", "\r\n", "\r", "ä", "\U0001F600", "\uFEFF", "wheel: <\n", ">", "", " "];

    [Fact]
    public void Changes_of_one_message_apply_one_after_the_other()
    {
        OpenDocument document = Open("one\ntwo\n").With(
            2,
            [Edit(0, 0, 0, 3, "1"), Edit(1, 0, 1, 3, "2"), Edit(2, 0, 2, 0, "3")],
            countsBytes: false);
        Assert.Equal("1\n2\n3", document.Text.ToString());
        Assert.Equal(2, document.Version);
    }

    [Fact]
    public void A_change_without_a_range_replaces_everything() =>
        Assert.Equal("new", Open("old").With(2, [new TextDocumentContentChangeEvent { Text = "new" }], countsBytes: false).Text.ToString());

    /// <summary>The model: lines of UTF-16 in a list of characters, edited as the protocol's own libraries do it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Random_edits_leave_the_text_that_a_model_has(bool countsBytes)
    {
        Gen<string> text = Gen.Int[0, Pieces.Length - 1].Array[0, 8].Select(static indices => string.Concat(indices.Select(static index => Pieces[index])));
        Gen<(int, int, int, int, string)[]> edits = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 12], Gen.Int[0, 8], Gen.Int[0, 12], text).Array[1, 12];
        Gen.Select(text, edits).Sample(
            (start, changes) =>
            {
                OpenDocument document = Open(start);
                string model = start;
                foreach ((int line1, int column1, int line2, int column2, string inserted) in changes)
                {
                    document = document.With(document.Version + 1, [Edit(line1, column1, line2, column2, inserted)], countsBytes);
                    model = EditModel.Apply(model, line1, column1, line2, column2, inserted, countsBytes);
                }
                return document.Text.ToString() == model;
            },
            iter: 20_000);
    }

    [Theory]
    [InlineData("/x/.vpython3", "plaintext", "", "Spec")]
    [InlineData("/x/a.py.vpython3", null, "", "Spec")]
    [InlineData("/x/a.py", "python", "", "Script")]
    [InlineData("untitled:Untitled-1", "vpython", "", "Spec")]
    [InlineData("untitled:Untitled-1", "python", "", "Script")]
    [InlineData("/x/tool", "vpython", "# [VPYTHON:BEGIN]\n# [VPYTHON:END]\n", "Script")]
    [InlineData("/x/a.textproto", null, "", "TextFormat")]
    [InlineData("/x/a.textproto", null, "# proto-message: vpython.Spec\n", "Spec")]
    public void The_kind_of_a_document_is_known_by_its_name_its_language_and_its_text(string path, string? languageId, string text, string kind) =>
        Assert.Equal(kind, OpenDocument.KindOf(SpecLang.Text.SourceText.From(text, path), languageId).ToString());

    private static OpenDocument Open(string text) => OpenDocument.Open(new("file:///x/.vpython3", "vpython", 1, text));

    private static TextDocumentContentChangeEvent Edit(int line1, int column1, int line2, int column2, string text) =>
        new() { Range = new Range(new(line1, column1), new(line2, column2)), Text = text };
}
