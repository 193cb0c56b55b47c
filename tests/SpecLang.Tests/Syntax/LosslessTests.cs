using System.Text;
using CsCheck;
using VPythonTools.Fuzz.Laws;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Syntax;

public sealed class LosslessTests
{
    private static readonly string[] Pieces =
    [
        "wheel", ": ", "<", ">", "{", "}", "[", "]", ",", ";", "\"", "'", "\\", "\"a\"", "'b'", "name", "-", ".", "/", "1", "0x", "09", "1.5e", "3.11.8", "#", "# ",
        "\n", "\r\n", "\r", "\t", "  ", "\0", "\uFEFF", "\u00A0", "é", "<<EOF\n", "EOF\n", "EOF", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "|||||||\n",
        "# [VPYTHON:BEGIN]\n", "# [VPYTHON:END]\n", "[VPYTHON:BEGIN]\n", "[VPYTHON:END]\n", "[VPYTHON:END]\"\"\"\n", "\n# ", "\n#", "=", "$", "\\u12", "\\x",
    ];

    private static readonly Gen<string> AnyPiece = Gen.Int[0, Pieces.Length - 1].Select(static index => Pieces[index]);

    private static readonly Gen<byte[]> AnyText = Gen.Frequency(
        (1, Gen.Byte.Array[0, 200]),
        (4, AnyPiece.Array[0, 60].Select(static pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)))),
        (1, AnyPiece.Array[0, 40].Select(static pieces => Encoding.UTF8.GetBytes("# [VPYTHON:BEGIN]\n# " + string.Concat(pieces) + "\n# [VPYTHON:END]\n"))));

    [Fact]
    public void Every_file_of_the_corpus_comes_back_byte_for_byte()
    {
        foreach (CorpusFile file in CorpusFile.All)
        {
            LosslessLaw.Check(file.Parse());
            LosslessLaw.Check(SpecDocument.Parse(SourceText.From(file.Bytes), file.Kind == DocumentKind.Spec ? DocumentKind.Script : DocumentKind.Spec));
        }
    }

    [Fact]
    public void Any_bytes_come_back()
    {
        AnyText.Sample(
            bytes =>
            {
                var text = SourceText.From(bytes);
                LosslessLaw.Check(SpecDocument.Parse(text, DocumentKind.Spec));
                LosslessLaw.Check(SpecDocument.Parse(text, DocumentKind.Script));
            },
            iter: 20_000);
    }
}
