using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using VPythonTools.Fuzz;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Binding;

/// <summary>Messages of generated texts, written as text and as JSON: protobuf's own classes and protoc say what is right.</summary>
public sealed class MessageWriterTests
{
    private const int Cases = 2_000;

    [Fact]
    public void The_text_of_a_message_means_the_same_bytes()
    {
        using var protoc = new Protoc();
        foreach (string name in (string[])["sink2.Sink", "sink3.Sink", "vpython.Spec"])
        {
            MessageDescriptor type = protoc.Schemas.FindMessage(name)!;
            foreach (BoundTree message in Generate(type))
            {
                string text = MessageTextWriter.Write(message);
                BoundTree again = Bind(Encoding.UTF8.GetBytes(text), type);
                Assert.True(message.WireBytes.Span.SequenceEqual(again.WireBytes.Span), $"{message.Tree.Text}\n=>\n{text}");
                Assert.Equal(text, MessageTextWriter.Write(again));
            }
        }
    }

    [Fact]
    public void The_text_of_a_message_is_text_for_protoc()
    {
        using var protoc = new Protoc();
        foreach (string name in (string[])["sink2.Sink", "sink3.Sink"])
        {
            foreach (BoundTree message in Generate(protoc.Schemas.FindMessage(name)!).Take(50))
            {
                string text = MessageTextWriter.Write(message);
                byte[]? bytes = protoc.Encode(name, Encoding.UTF8.GetBytes(text), out string error);
                Assert.True(bytes is not null && message.WireBytes.Span.SequenceEqual(bytes), $"{text}\n{error}");
            }
        }
    }

    [Fact]
    public void The_JSON_of_a_message_is_that_of_protobuf()
    {
        var formatter = new JsonFormatter(JsonFormatter.Settings.Default);
        int compared = 0;
        foreach (BoundTree message in Generate(Sink3.Sink.Descriptor))
        {
            string expected;
            try
            {
                expected = formatter.Format(Sink3.Sink.Parser.ParseFrom(message.WireBytes.Span));
            }
            catch (InvalidOperationException)
            {
                continue;
            }
            Assert.True(MessageJsonWriter.TryWrite(message, out string? json, out string? error), error);
            Assert.True(JsonNode.DeepEquals(Parse(expected), Parse(json)), $"{message.Tree.Text}\n{expected}\n{json}");
            compared++;
        }
        Assert.True(compared > Cases / 4, $"only {compared} messages");
    }

    [Fact]
    public void What_JSON_has_no_form_for_is_an_error()
    {
        BoundTree message = Bind("seconds: 999999999999999"u8.ToArray(), Google.Protobuf.WellKnownTypes.Timestamp.Descriptor);
        Assert.False(MessageJsonWriter.TryWrite(message, out _, out string? error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void A_name_is_found_in_full_by_package_or_alone()
    {
        using var protoc = new Protoc();
        Assert.Equal("sink3.Sink", protoc.Schemas.Resolve("sink3.Sink", null)?.FullName);
        Assert.Equal("sink3.Sink", protoc.Schemas.Resolve("Sink", "some/where/sink3.proto")?.FullName);
        Assert.Equal("vpython.Spec", protoc.Schemas.Resolve("Spec", null)?.FullName);
        Assert.Null(protoc.Schemas.Resolve("Sink", null));
        Assert.Null(protoc.Schemas.Resolve("Nothing", "sink3.proto"));
    }

    /// <summary>Numbers as one notation: 1E+20 and 100000000000000000000 are the same.</summary>
    private static JsonNode? Parse(string json) => Normalize(JsonNode.Parse(json, documentOptions: new() { MaxDepth = 1000 }));

    private static JsonNode? Normalize(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                // protobuf's C# classes take a negative zero for the default and leave it out; protoc, whose bytes we have, does not.
                return new JsonObject(members.Where(static member => member.Value is not JsonValue value || value.ToJsonString() != "-0").Select(static member => KeyValuePair.Create(member.Key, Normalize(member.Value))));
            case JsonArray elements:
                return new JsonArray([.. elements.Select(Normalize)]);
            case JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number:
                return JsonValue.Create(value.GetValue<double>());
            default:
                return node?.DeepClone();
        }
    }

    private static IEnumerable<BoundTree> Generate(MessageDescriptor type)
    {
        var generator = new TextGenerator(new Random(7));
        for (int i = 0; i < Cases; i++)
        {
            byte[] text = generator.Generate(type);
            var tree = SyntaxTree.Parse(SpecDocument.Parse(SourceText.From(text), DocumentKind.TextFormat));
            BoundTree message = MessageBinder.Bind(tree, type);
            if (tree.Diagnostics.IsEmpty && message.Diagnostics.IsEmpty) yield return message;
        }
    }

    private static BoundTree Bind(byte[] text, MessageDescriptor type)
    {
        var tree = SyntaxTree.Parse(SpecDocument.Parse(SourceText.From(text), DocumentKind.TextFormat));
        BoundTree message = MessageBinder.Bind(tree, type);
        Assert.Empty(tree.Diagnostics);
        Assert.Empty(message.Diagnostics);
        return message;
    }
}
