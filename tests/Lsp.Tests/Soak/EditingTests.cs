using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Tests.Workspace;
using Xunit;

namespace VPythonTools.Lsp.Tests.Soak;

/// <summary>Random edits of several documents, against a model of their texts, with requests in between that nobody waits for.</summary>
public sealed class EditingTests
{
    private const int Documents = 3;
    private const int LongestText = 4000;
    private const int ContentModified = -32801;

    private static readonly string[] Pieces =
    [
        "a", " ", "\n", "\r\n", "\r", "ä", "\u20AC", "\U0001F600", "\uFEFF", "\0", "wheel: <\n", "  name: \"infra/python/wheels/six-py2_py3\"\n", "  version: \"version:1.16.0\"\n", ">\n", "\"", "${", "}", "# [VPYTHON:BEGIN]\n",
        "# [VPYTHON:END]\n", "# ", "python_version: \"3.11\"\n", "<<EOF\n", "",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_texts_are_those_of_a_model(bool countsBytes)
    {
        int edits = LongRun.IsAskedFor ? 1_000_000 : 20_000;
        var random = new Random(countsBytes ? 1 : 2);
        using var server = new LanguageServer(new LanguageClient());
        await server.InitializeAsync(
            new() { Capabilities = new() { General = new() { PositionEncodings = [countsBytes ? PositionEncodingKind.Utf8 : PositionEncodingKind.Utf16] } } }, CancellationToken.None);
        string[] models = new string[Documents];
        for (int i = 0; i < Documents; i++)
        {
            models[i] = "";
            await server.DidOpenAsync(new(new(UriOf(i), "vpython", 0, "")), CancellationToken.None);
        }
        var waiting = new List<Task>();
        for (int edit = 1; edit <= edits; edit++)
        {
            int document = random.Next(Documents);
            var changes = new TextDocumentContentChangeEvent[random.Next(1, 4)];
            for (int i = 0; i < changes.Length; i++) changes[i] = Change(random, ref models[document], countsBytes);
            await server.DidChangeAsync(new(new(UriOf(document), edit), changes), CancellationToken.None);
            if (edit % 50 == 0) waiting.Add(AskAsync(server, UriOf(document), random.Next(40), random.Next(40)));
            if (edit % 200 == 0)
            {
                Assert.Equal(models[document], server.Workspace.Current.Find(UriOf(document))!.Text.ToString());
                await Task.WhenAll(waiting);
                waiting.Clear();
            }
        }
        for (int i = 0; i < Documents; i++) Assert.Equal(models[i], server.Workspace.Current.Find(UriOf(i))!.Text.ToString());
    }

    private static string UriOf(int document) => document == 1 ? "file:///soak/script.py" : $"file:///soak/{document}.vpython3";

    private static TextDocumentContentChangeEvent Change(Random random, ref string model, bool countsBytes)
    {
        if (model.Length > LongestText || random.Next(5000) == 0)
        {
            model = Pieces[random.Next(Pieces.Length)];
            return new() { Text = model };
        }
        string inserted = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        (int line1, int column1, int line2, int column2) = (Place(random), Place(random), Place(random), Place(random));
        if (random.Next(4) > 0) (line2, column2) = (line1, column1 + random.Next(6));
        model = EditModel.Apply(model, line1, column1, line2, column2, inserted, countsBytes);
        return new() { Range = new(new(line1, column1), new(line2, column2)), Text = inserted };
    }

    /// <summary>Most places are in the text, some are not, and a few are nonsense.</summary>
    private static int Place(Random random) => random.Next(100) switch
    {
        0 => int.MaxValue - 10,
        < 5 => random.Next(1000),
        _ => random.Next(30),
    };

    private static async Task AskAsync(LanguageServer server, string uri, int line, int column)
    {
        try
        {
            await server.CompletionAsync(new(new(uri), new(line, column)), CancellationToken.None);
            await server.DocumentDiagnosticAsync(new(new(uri)), CancellationToken.None);
            await server.FormattingAsync(new(new(uri), new(2, true)), CancellationToken.None);
            await server.SemanticTokensAsync(new(new(uri)), CancellationToken.None);
            await server.FoldingRangeAsync(new(new(uri)), CancellationToken.None);
        }
        catch (StreamJsonRpc.LocalRpcException exception) when (exception.ErrorCode == ContentModified)
        {
            // The text is another one by now, as the answer says.
        }
    }
}
