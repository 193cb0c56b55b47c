using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Documents;

public sealed class SchemaHeaderTests
{
    [Theory]
    [InlineData("# proto-file: a/b.proto\n# proto-message: a.B\n", "a/b.proto", "a.B")]
    [InlineData("\uFEFF\n  # About it.\r\n#\r\n  #proto-message:B  \r\n", null, "B")]
    [InlineData("# proto-message: A\n# proto-message: B\n", null, "A")]
    [InlineData("# proto-message:\n# proto-message: B", null, "B")]
    [InlineData("a: 1\n# proto-message: B\n", null, null)]
    [InlineData("# no proto-message: B\n", null, null)]
    [InlineData("", null, null)]
    public void The_first_comments_name_the_schema(string text, string? file, string? message) =>
        Assert.Equal(new(file, message), SchemaHeader.Read(SourceText.From(text)));

    [Theory]
    [InlineData("a.txtpb", "", DocumentKind.TextFormat)]
    [InlineData("a.textproto", "", DocumentKind.TextFormat)]
    [InlineData("a.cfg", "# proto-message: A\n", DocumentKind.TextFormat)]
    [InlineData("a.cfg", "", DocumentKind.Script)]
    [InlineData("a.py.vpython3", "# proto-message: A\n", DocumentKind.Spec)]
    public void Name_or_header_say_the_kind(string path, string text, DocumentKind kind) =>
        Assert.Equal(kind, SpecDocument.KindOf(SourceText.From(text, path)));
}
