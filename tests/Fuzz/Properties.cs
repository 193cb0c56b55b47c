using System.Diagnostics;
using System.Globalization;
using System.Text;
using VPythonTools.Fuzz.Laws;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Fuzz;

/// <summary>
/// Checks the laws of the language on one text after the other: nothing throws, every byte comes back, formatting keeps the meaning, embedded
/// specs are found as the deployed tool finds them. A text that breaks one is written out with its seed.
/// </summary>
public static class Properties
{
    private static readonly string[] _pieces =
    [
        "wheel", ": ", "<", ">", "{", "}", "[", "]", ",", ";", "\"", "'", "\\", "\"a\"", "'b'", "name", "-", ".", "/", "1", "0x", "09", "1.5e", "3.11.8", "#", "# ", "python_version: \"3\"\n",
        "\n", "\r\n", "\r", "\t", "  ", "\0", "\uFEFF", "\u00A0", "\u2003", "\u0085", "é", "<<EOF\n", "EOF\n", "EOF", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "|||||||\n", "=", "$", "\\u12", "\\x",
        "# [VPYTHON:BEGIN]\n", "# [VPYTHON:END]\n", "[VPYTHON:BEGIN]\n", "[VPYTHON:END]\n", "  # [VPYTHON:BEGIN]  \r\n", "\t# [VPYTHON:END]\u00A0\n", "// [VPYTHON:BEGIN]\n", "// [VPYTHON:END]\n", "[VPYTHON:END]\"\"\"\n", "[VPYTHON:BEGIN] x\n",
        "# vpython-fmt: off\n", "# vpython-fmt: on\n", "\n# ", "\n#", "\n\n",
    ];

    /// <summary>Checks texts from a seed on.</summary>
    /// <param name="time">For how long; null for without end.</param>
    /// <param name="seed">The seed of the first text; each one has its own, so that it can be made again.</param>
    /// <param name="log">Takes a line now and then, and every text that breaks a law.</param>
    /// <returns>How many texts broke one.</returns>
    public static int Run(TimeSpan? time, int seed, TextWriter log)
    {
        ArgumentNullException.ThrowIfNull(log);
        const int TextsBetweenLines = 100_000;
        var watch = Stopwatch.StartNew();
        int texts = 0;
        int broken = 0;
        for (; time is null || watch.Elapsed < time; texts++)
        {
            byte[] text = Generate(seed + texts);
            if (Check(text) is { } problem)
            {
                broken++;
                log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed + texts}: {problem}\n{Convert.ToHexString(text)}"));
            }
            if (texts % TextsBetweenLines == TextsBetweenLines - 1) log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{texts + 1} texts, {broken} broke a law, {watch.Elapsed}"));
        }
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{texts} texts from the seed {seed} on, {broken} broke a law, in {watch.Elapsed}"));
        return broken;
    }

    /// <summary>The text of a seed: bytes, pieces, a spec with or without damage; alone or in a script.</summary>
    public static byte[] Generate(int seed)
    {
        var random = new Random(seed);
        byte[] text = random.Next(6) switch
        {
            0 => AnyBytes(random),
            1 or 2 => AnyPieces(random),
            3 or 4 => new TextMutator(random).Mutate(new TextGenerator(random).Generate(Spec.Descriptor)),
            _ => new TextGenerator(random).Generate(Spec.Descriptor),
        };
        if (random.Next(3) != 0) return text;
        string prefix = random.Next(3) switch { 0 => "# ", 1 => "", _ => "  // " };
        return Encoding.UTF8.GetBytes($"x\n{prefix}[VPYTHON:BEGIN]\n{prefix}{Encoding.UTF8.GetString(text).Replace("\n", "\n" + prefix, StringComparison.Ordinal)}\n{prefix}[VPYTHON:END]\ny");
    }

    /// <summary>What is wrong with our reading of a text; null when every law holds.</summary>
    public static string? Check(byte[] bytes)
    {
        try
        {
            var text = SourceText.From(bytes);
            foreach (DocumentKind kind in (DocumentKind[])[DocumentKind.Spec, DocumentKind.Script])
            {
                var document = SpecDocument.Parse(text, kind);
                LosslessLaw.Check(document);
                FormatLaw.Check(document);
                BoundSpec bound = BoundSpec.Bind(document);
                foreach (Diagnostic diagnostic in bound.Diagnostics.Concat(PortabilityCheck.Find(bound)))
                {
                    Law.Holds(diagnostic.Span.Start >= 0 && diagnostic.Span.End <= text.Length, "A diagnostic lies outside of the text.");
                    diagnostic.ToString(text);
                }
            }
            RegionLaw.Check(Encoding.UTF8.GetString(bytes));
            return null;
        }
#pragma warning disable CA1031 // Whatever is thrown is what is looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception.ToString();
        }
    }

    private static byte[] AnyBytes(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] AnyPieces(Random random) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => _pieces[random.Next(_pieces.Length)])));
}
