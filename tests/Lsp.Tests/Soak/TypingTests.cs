using System.Globalization;
using System.Text;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Lsp.Tests.Soak;

/// <summary>Files of the corpus, typed from the first character to the last, with completion at each place and findings now and then: half-typed text is what a server sees most.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class TypingTests
{
    /// <summary>Every so many files one is in the sample.</summary>
    private const int SampleEvery = 25;

    /// <summary>The most that memory may grow by while files are typed one after the other, in bytes: what a server keeps does not depend on how much was typed.</summary>
    private const long MostGrowth = 48 << 20;

    [Fact]
    public async Task Whatever_is_typed_has_an_answer_that_belongs_to_it()
    {
        string directory = SharedData.Require("corpus/specs");
        string[] files = [.. Directory.GetFiles(directory).Where(static path => !path.EndsWith(".toml", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Where(static (_, index) => LongRun.IsAskedFor || index % SampleEvery == 0)];
        Assert.NotEmpty(files);
        long characters = 0;
        long answers = 0;
        long before = 0;
        foreach (string file in files)
        {
            using var server = new LanguageServer(new LanguageClient());
            await server.InitializeAsync(new() { Capabilities = new() }, CancellationToken.None);
            (long typed, long answered) = await TypeAsync(server, file);
            characters += typed;
            answers += answered;
            if (before == 0) before = GC.GetTotalMemory(forceFullCollection: true);
        }
        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{files.Length} files, {characters} characters, {answers} lists, memory grew by {growth} bytes"));
        Assert.True(answers > characters / 20, $"{answers} lists for {characters} characters");
        Assert.True(growth < MostGrowth, $"memory grew by {growth} bytes");
    }

    private static async Task<(long Typed, long Answered)> TypeAsync(LanguageServer server, string file)
    {
        bool isScript = file.EndsWith(".txt", StringComparison.Ordinal);
        string uri = isScript ? "file:///typed/script.py" : "file:///typed/.vpython3";
        await server.DidOpenAsync(new(new(uri, isScript ? "python" : "vpython", 0, "")), CancellationToken.None);
        string text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, CancellationToken.None));
        var typed = new StringBuilder();
        int version = 0;
        int line = 0;
        int column = 0;
        long answers = 0;
        bool isBehindSpec = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            string character = rune.ToString();
            await server.DidChangeAsync(new(new(uri, ++version), [new() { Range = new(new(line, column), new(line, column)), Text = character }]), CancellationToken.None);
            typed.Append(character);
            bool isBreak = character == "\n" && !(typed.Length > 1 && typed[^2] == '\r') || character == "\r";
            if (isBreak) (line, column) = (line + 1, 0);
            else if (character != "\n") column += character.Length;
            // Far behind the spec of a script nothing is left to find.
            if (isBehindSpec && version % 64 != 0) continue;
            isBehindSpec = isScript && typed.Length > 200 && typed.ToString(typed.Length - 200, 100).Contains("[VPYTHON:END]", StringComparison.Ordinal) || isBehindSpec;

            CompletionList? list = await server.CompletionAsync(new(new(uri), new(line, column)), CancellationToken.None);
            if (list is not null)
            {
                answers++;
                foreach (CompletionItem item in list.Items) AssertFits(item, line, column, file);
            }
            if (version % 16 == 0)
            {
                DocumentDiagnosticReport report = await server.DocumentDiagnosticAsync(new(new(uri)), CancellationToken.None);
                Assert.All(report.Items!, diagnostic => Assert.True(diagnostic.Range.End.Line <= line, $"{file}: a finding lies behind the text"));
            }
        }
        Assert.Equal(typed.ToString(), server.Workspace.Current.Find(uri)!.Text.ToString());
        await server.DidCloseAsync(new(new(uri)), CancellationToken.None);
        return (version, answers);
    }

    /// <summary>What an item replaces is on the line of the cursor, up to it or around it: else it is of another version of the text.</summary>
    private static void AssertFits(CompletionItem item, int line, int column, string file)
    {
        Lsp.Protocol.Range range = item.TextEdit!.Range;
        bool fits = range.Start.Line == line && range.End.Line == line && range.Start.Character <= column && range.End.Character >= column;
        Assert.True(fits, $"{file}: '{item.Label}' replaces {range} at {line}:{column}");
    }
}
