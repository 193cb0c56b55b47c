using System.Text;
using VPythonTools.Fuzz;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Tests.Features;

/// <summary>Texts as they are while somebody types, and texts that nobody would type.</summary>
internal static class BrokenTexts
{
    /// <summary>Beginnings of real specs, generated texts, and texts that are nearly nothing, each as every kind of file, each with the seed of what to ask.</summary>
    public static IEnumerable<(SpecAnalysis Spec, Random Random)> All
    {
        get
        {
            int seed = 0;
            foreach (byte[] text in Beginnings().Concat(Generated()).Concat(Small()))
            {
                foreach (DocumentKind kind in (DocumentKind[])[DocumentKind.Spec, DocumentKind.Script, DocumentKind.TextFormat])
                    yield return (MarkedSpec.Analyze(SourceText.From(text, kind == DocumentKind.Script ? "/src/script.py" : "/src/.vpython3"), kind), new Random(seed++));
            }
        }
    }

    /// <summary>Checks a law for each of the texts; what it throws names the text.</summary>
    public static void Check(Action<SpecAnalysis, Random> law)
    {
        foreach ((SpecAnalysis spec, Random random) in All)
        {
            try
            {
                law(spec, random);
            }
#pragma warning disable CA1031 // Whatever is thrown is what is looked for.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                throw new InvalidOperationException($"{spec.Document.Kind}, {Convert.ToHexString(spec.Text.Bytes)}\n{spec.Text}", exception);
            }
        }
    }

    /// <summary>Offsets of a text: both ends, and some between.</summary>
    public static IEnumerable<int> Offsets(SpecAnalysis spec, Random random, int count = 12) =>
        Enumerable.Range(0, count).Select(_ => random.Next(spec.Text.Length + 1)).Append(0).Append(spec.Text.Length);

    private static IEnumerable<byte[]> Beginnings()
    {
        var random = new Random(1);
        foreach (CorpusFile file in CorpusFile.All)
        {
            byte[] bytes = file.Bytes;
            yield return bytes;
            if (bytes.Length > 0) yield return bytes[..random.Next(bytes.Length)];
        }
    }

    private static IEnumerable<byte[]> Generated() => Enumerable.Range(2_000_000, 2_000).Select(Properties.Generate);

    private static IEnumerable<byte[]> Small() => new[]
    {
        "", "\n", "\r", "\r\n", "#", "\"", "<", ">", "[", "wheel", "wheel:", "wheel: <", "wheel: [", "wheel: <name: \"", "wheel: <name: \"${", "wheel: <name: \"${a=", "wheel: <name: \"a/${b=c,d}/e\\n\" 'f'>", "<<EOF", "a: <<EOF\n",
        "a: <<EOF\n  x\nEOF", "# [VPYTHON:BEGIN]\n", "# [VPYTHON:BEGIN]\n# [VPYTHON:END]", "[VPYTHON:BEGIN]\n\n[VPYTHON:END]\n", "# [VPYTHON:BEGIN]\n# a: <<EOF\n#  x\n# EOF\n# [VPYTHON:END]\n", "\uFEFF# [VPYTHON:BEGIN]\r\n# wheel: <\r\n# [VPYTHON:END]",
        "wheel: <name: \"a\rb\"># x\ry\n", "[a.b/c.d]: <x: 1>\nvirtualenv: <>",
    }.Select(Encoding.UTF8.GetBytes);
}
