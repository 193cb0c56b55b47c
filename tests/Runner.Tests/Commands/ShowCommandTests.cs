using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands;

public sealed class ShowCommandTests : IDisposable
{
    private const string Text = "# proto-file: google/protobuf/struct.proto\n# proto-message: ListValue\nvalues < string_value: 'a' > values < number_value: 2 >\n";

    private readonly TemporaryDirectory _directory = new();

    public ShowCommandTests()
    {
        var set = new FileDescriptorSet { File = { Google.Protobuf.WellKnownTypes.StructReflection.Descriptor.ToProto(), Google.Protobuf.WellKnownTypes.TimestampReflection.Descriptor.ToProto() } };
        File.WriteAllBytes(_directory.Combine("struct.bin"), set.ToByteArray());
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_header_names_the_message_of_any_text_format_file()
    {
        _directory.Write("a.txtpb", Text);
        Assert.Equal((0, "values: <\n  string_value: \"a\"\n>\nvalues: <\n  number_value: 2\n>\n", ""), Show("--descriptor-set", "struct.bin", "a.txtpb"));
        Assert.Equal((0, "[ \"a\", 2 ]\n", ""), Show("--descriptor-set", "struct.bin", "--format", "json", "a.txtpb"));
        Assert.Equal((0, "\n\u0003\u001a\u0001a\n\t\u0011\0\0\0\0\0\0\0@", ""), Show("--descriptor-set", "struct.bin", "--format", "binary", "a.txtpb"));
    }

    [Fact]
    public void The_command_line_names_the_message_where_the_file_does_not()
    {
        _directory.Write("a.vpython3", "fields: < key: 'x' value: < bool_value: true > >");
        Assert.Equal((0, "{ \"x\": true }\n", ""), Show("--descriptor-set", "struct.bin", "--message", "google.protobuf.Struct", "--format", "json", "a.vpython3"));
        Assert.Equal((0, "python_version: \"3\"\n", ""), ShowInput("python_version: '3'", "--message", "vpython.Spec"));
    }

    [Fact]
    public void A_mistake_has_its_place()
    {
        _directory.Write("a.txtpb", Text + "value <>\n");
        Assert.Equal((1, "", "a.txtpb:4:1: error: 'google.protobuf.ListValue' has no field 'value'. Did you mean 'values'? [VPY1201]\n"), Show("--descriptor-set", "struct.bin", "a.txtpb"));
    }

    [Theory]
    [InlineData("VPY3040", "x: 1")]
    [InlineData("VPY3041", "# proto-message: some.Message\nx: 1")]
    [InlineData("VPY3041", "# proto-message: Nothing\nx: 1", "--descriptor-set", "struct.bin")]
    [InlineData("VPY3042", Text, "--descriptor-set", "a.txtpb")]
    [InlineData("VPY3042", Text, "--descriptor-set", "missing.bin")]
    [InlineData("VPY3043", "# proto-message: Timestamp\nseconds: 999999999999999", "--descriptor-set", "struct.bin", "--format", "json")]
    public void Without_a_schema_nothing_is_shown(string code, string text, params string[] arguments)
    {
        _directory.Write("a.txtpb", text);
        (int exitCode, string output, string error) = Show([.. arguments, "a.txtpb"]);
        Assert.Equal(1, exitCode);
        Assert.Equal("", output);
        Assert.Contains($"[{code}]\n  next: ", error, StringComparison.Ordinal);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "vpython3.exe" : "vpython3");

    private (int ExitCode, string Output, string Error) Show(params string[] arguments) => ShowInput("", arguments);

    private (int ExitCode, string Output, string Error) ShowInput(string input, params string[] arguments)
    {
        ProcessRun run = ProcessRun.Of(Program, ["show", .. arguments], _directory.Path, input: Encoding.UTF8.GetBytes(input));
        return (run.ExitCode, run.Output, run.Error);
    }
}
