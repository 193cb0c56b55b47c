using System.Text;
using VPythonTools.Fuzz;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>Messages as the protobuf compiler writes and reads them: an opinion apart from the library that both sides here use.</summary>
internal static class WireOracle
{
    private static readonly string Schemas = Path.Combine(SharedData.ProjectRoot, "src", "Runner", "Cipd", "Protocol");
    private static readonly string Included = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Protoc.Path)!, "../../build/native/include"));

    /// <summary>The binary form of a message.</summary>
    /// <param name="message">Its full name.</param>
    /// <param name="text">Its text form.</param>
    public static byte[] Encode(string message, string text)
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Combine("message");
        Run($"--encode={message}", Encoding.UTF8.GetBytes(text), file);
        return File.ReadAllBytes(file);
    }

    /// <summary>The text form of a message.</summary>
    public static string Decode(string message, byte[] bytes)
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Combine("message");
        Run($"--decode={message}", bytes, file);
        return File.ReadAllText(file);
    }

    /// <summary>Output goes to a file, since it may be bytes.</summary>
    private static void Run(string action, byte[] input, string output)
    {
        const string script = "protoc=$1 output=$2; shift 2; exec \"$protoc\" \"$@\" > \"$output\"";
        ProcessRun run = ProcessRun.Of("/bin/sh", ["-c", script, "sh", Protoc.Path, output, "-I" + Schemas, "-I" + Included, action, "repository.proto", "prpc.proto", "google/protobuf/any.proto"], input: input);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
