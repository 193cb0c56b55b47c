using System.Text.Json.Nodes;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;
using VPythonTools.Testing;

namespace VPythonTools.SpecLang.Tests;

/// <summary>A spec that someone wrote, with what the deployed vpython3 says of it.</summary>
/// <param name="Name">The name of the file in the corpus.</param>
/// <param name="Kind">Standalone or script.</param>
/// <param name="Verdict"><c>ok</c>, <c>ERR</c> or <c>NOSPEC</c>.</param>
/// <param name="Wheels">How many wheels it has; zero where nobody counted.</param>
internal sealed record CorpusFile(string Name, DocumentKind Kind, string Verdict, int Wheels)
{
    /// <summary>All files of the corpus that are specs in the text format; the test is skipped where the corpus is absent.</summary>
    public static IReadOnlyList<CorpusFile> All => field ??=
    [
        .. File.ReadLines(SharedData.Require("corpus/manifest.tsv"))
            .Skip(1)
            .Select(static line => line.Split('\t'))
            .Where(static columns => columns[1] is "standalone" or "embedded")
            .Select(static columns => new CorpusFile(
                columns[0],
                columns[1] == "standalone" ? DocumentKind.Spec : DocumentKind.Script,
                columns[4],
                columns[2].Length == 0 ? 0 : int.Parse(columns[2], System.Globalization.CultureInfo.InvariantCulture))),
    ];

    /// <summary>The messages of the files that the deployed vpython3 accepts, as proto JSON.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Parsed => field ??= File.ReadLines(SharedData.Require("corpus/parsed.jsonl"))
        .Select(static line => JsonNode.Parse(line)!)
        .ToDictionary(static entry => (string)entry["file"]!, static entry => entry["spec"]!);

    /// <summary>The bytes of the file.</summary>
    public byte[] Bytes => File.ReadAllBytes(SharedData.Require("corpus/specs/" + Name));

    /// <summary>The file as a document.</summary>
    public SpecDocument Parse() => SpecDocument.Parse(SourceText.From(Bytes, Name), Kind);
}
