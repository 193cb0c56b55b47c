using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Binding;

public sealed class SchemaSetTests
{
    [Fact]
    public void A_damaged_set_is_refused_or_can_be_used()
    {
        const int Sets = 4_000;
        byte[] whole = Set([DescriptorReflection.Descriptor.ToProto(), .. SchemaSet.VPython.Files.Select(static file => file.ToProto())]);
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < Sets; i++)
        {
            byte[] damaged = [.. whole];
            // The schema of specs is small and at the end: most damage is done there.
            int from = i % 4 == 0 ? 0 : damaged.Length - 800;
            damaged[random.Next(from, damaged.Length)] = (byte)random.Next(256);
            if (SchemaSet.TryLoad(damaged, out string? error) is not { } schemas)
            {
                Assert.NotNull(error);
                refused++;
                continue;
            }
            foreach (string name in schemas.MessageNames)
            {
                MessageDescriptor type = schemas.FindMessage(name)!;
                Bind(string.Join(' ', type.Fields.InDeclarationOrder().Select(static field => $"{field.Name} {{}} {field.Name}: 1 {field.Name}: \"\" {field.Name}: word")), type);
            }
        }
        Assert.InRange(refused, Sets / 10, Sets - Sets / 10);
    }

    [Fact]
    public void A_set_without_an_import_says_so()
    {
        Assert.Null(SchemaSet.TryLoad(Set([SpecReflection.Descriptor.ToProto()]), out string? error));
        Assert.Contains("pep425.proto", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_any_length_is_found_among_many()
    {
        string longName = new('n', 600);
        MessageDescriptor type = MessageOf([.. Enumerable.Range(1, 20).Select(static number => $"field{number}"), longName]);
        Assert.Single(Bind($"{longName}: 1", type).Root.Values);
        Assert.Empty(Bind($"{longName}n: 1", type).Root.Values);
    }

    [Fact]
    public void Unknown_names_cost_their_number_whatever_the_schema_has()
    {
        MessageDescriptor type = MessageOf([.. Enumerable.Range(1, 3_000).Select(static number => $"some_field_{number}")]);
        string Text(int fields) => string.Concat(Enumerable.Range(1, fields).Select(static number => $"other_fjeld_{number}: 1\n"));
        ProcessorTime.AssertIsProportional(
            times =>
            {
                string text = Text(1_000 * times);
                return () => Bind(text, type);
            },
            "unknown names");
        Assert.EndsWith("Did you mean 'some_field_1'?", Bind("some_fjeld_1: 1", type).Diagnostics.Single().Message, StringComparison.Ordinal);
    }

    private static BoundTree Bind(string text, MessageDescriptor type) => MessageBinder.Bind(SyntaxTree.Parse(SpecDocument.Parse(SourceText.From(Encoding.UTF8.GetBytes(text)), DocumentKind.TextFormat)), type);

    private static MessageDescriptor MessageOf(string[] fields)
    {
        var message = new DescriptorProto { Name = "M" };
        message.Field.Add(fields.Select(static (name, index) => new FieldDescriptorProto { Name = name, Number = index + 1, Type = FieldDescriptorProto.Types.Type.Int32, Label = FieldDescriptorProto.Types.Label.Optional }));
        var file = new FileDescriptorProto { Name = "m.proto", Syntax = "proto2" };
        file.MessageType.Add(message);
        return SchemaSet.TryLoad(Set([file]), out _)!.FindMessage("M")!;
    }

    private static byte[] Set(IEnumerable<FileDescriptorProto> files)
    {
        var set = new FileDescriptorSet();
        set.File.Add(files);
        return set.ToByteArray();
    }
}
