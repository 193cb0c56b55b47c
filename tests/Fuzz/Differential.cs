using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Fuzz;

/// <summary>
/// Compares our reading of texts with protoc's: accepted or refused, and the bytes. Texts that we accept go to protoc many at a time, as the
/// elements of one message; a batch that does not come back as expected is taken apart. Texts that we refuse go one by one.
/// </summary>
public sealed class Differential(Protoc protoc, KnownDisagreements known)
{
    private const int BatchSize = 100;

    private readonly ConcurrentBag<string> _unexplained = [];
    private int _accepted;
    private int _refused;
    private int _explained;

    /// <summary>What a run found.</summary>
    /// <param name="Accepted">Texts that both accept, with the same bytes.</param>
    /// <param name="Refused">Texts that both refuse.</param>
    /// <param name="Explained">Disagreements of the table.</param>
    /// <param name="Unexplained">All others, described.</param>
    public sealed record Outcome(int Accepted, int Refused, int Explained, IReadOnlyList<string> Unexplained);

    /// <summary>Compares this many texts, half of them damaged, for the message types in turn.</summary>
    public Outcome Run(int cases, int seed)
    {
        string[] types = ["sink2", "sink3", "spec_batch", "sink2023"];
        int groups = (cases + BatchSize - 1) / BatchSize;
        Parallel.For(0, groups, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, group => CompareGroup(types[group % types.Length], seed + group));
        return new(_accepted, _refused, _explained, [.. _unexplained]);
    }

    private void CompareGroup(string package, int seed)
    {
        var random = new Random(seed);
        var generator = new TextGenerator(random);
        var mutator = new TextMutator(random);
        MessageDescriptor batch = protoc.Schemas.FindMessage(package + ".Batch")!;
        MessageDescriptor type = batch.Fields[1].MessageType;
        var accepted = new List<(byte[] Text, BoundTree Bound)>();
        for (int i = 0; i < BatchSize; i++)
        {
            byte[] text = generator.Generate(type);
            if (i % 2 == 1) text = mutator.Mutate(text);
            BoundTree bound = Bind(text, type, out Diagnostic[] errors);
            if (errors.Length == 0) accepted.Add((text, bound));
            else CompareRefused(text, type, errors);
        }
        if (!IsSameAsBatch(batch, accepted))
        {
            foreach ((byte[] text, BoundTree bound) in accepted) CompareAccepted(text, bound);
        }
        else Interlocked.Add(ref _accepted, accepted.Count);
    }

    private static BoundTree Bind(byte[] text, MessageDescriptor type, out Diagnostic[] errors)
    {
        var tree = SyntaxTree.Parse(SpecDocument.Parse(SourceText.From(text), DocumentKind.Spec));
        BoundTree bound = MessageBinder.Bind(tree, type);
        errors = [.. tree.Diagnostics.Concat(bound.Diagnostics).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        return bound;
    }

    private bool IsSameAsBatch(MessageDescriptor batch, List<(byte[] Text, BoundTree Bound)> accepted)
    {
        var text = new MemoryStream();
        foreach ((byte[] part, _) in accepted)
        {
            text.Write("item {\n"u8);
            text.Write(part);
            text.Write("\n}\n"u8);
        }
        // The batch as we read it must be what its parts say, and what protoc reads.
        BoundTree bound = Bind(text.ToArray(), batch, out Diagnostic[] errors);
        return errors.Length == 0 && protoc.Encode(batch.FullName, text.ToArray(), out _) is { } expected && bound.WireBytes.Span.SequenceEqual(expected)
            && accepted.All(part => bound.WireBytes.Span.IndexOf(part.Bound.WireBytes.Span) >= 0);
    }

    private void CompareAccepted(byte[] text, BoundTree bound)
    {
        byte[]? expected = protoc.Encode(bound.Descriptor.FullName, text, out string error);
        if (expected is not null && bound.WireBytes.Span.SequenceEqual(expected)) Interlocked.Increment(ref _accepted);
        else if (expected is null && KnownDisagreements.Rewrite(bound) is { } rewritten && protoc.Encode(bound.Descriptor.FullName, rewritten, out error) is { } meant && bound.WireBytes.Span.SequenceEqual(meant)) Interlocked.Increment(ref _explained);
        else if (expected is null) Disagree("accepted here, refused by protoc", text, bound, error);
        else Disagree("other bytes", text, bound, $"here   {Convert.ToHexString(bound.WireBytes.Span)}\nprotoc {Convert.ToHexString(expected)}");
    }

    private void CompareRefused(byte[] text, MessageDescriptor type, Diagnostic[] errors)
    {
        if (protoc.Encode(type.FullName, text, out _) is null) Interlocked.Increment(ref _refused);
        else if (known.ExplainRefusal(text, errors, protoc.Schemas)) Interlocked.Increment(ref _explained);
        else _unexplained.Add(Describe("refused here, accepted by protoc", text, type, string.Join('\n', errors.Select(error => $"{error.Span} {error.Message} {error.Id}"))));
    }

    private void Disagree(string what, byte[] text, BoundTree bound, string detail) => _unexplained.Add(Describe(what, text, bound.Descriptor, detail));

    private static string Describe(string what, byte[] text, MessageDescriptor type, string detail) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}, as {type.FullName}:\n{Encoding.UTF8.GetString(text)}\n{Convert.ToHexString(text)}\n{detail}\n");
}
