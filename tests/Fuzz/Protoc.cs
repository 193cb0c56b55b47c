using System.Diagnostics;
using System.Reflection;
using VPythonTools.SpecLang.Schema;
using VPythonTools.Testing;

namespace VPythonTools.Fuzz;

/// <summary>The protobuf compiler, which also encodes texts: the oracle of what the text format is.</summary>
public sealed class Protoc : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _descriptorSet;

    /// <summary>Compiles the schemas of the tests once, so that each run reads one small file.</summary>
    public Protoc()
    {
        string schemas = System.IO.Path.Combine(SharedData.ProjectRoot, "tests/Fuzz/schemas");
        string spec = System.IO.Path.Combine(SharedData.ProjectRoot, "src/SpecLang/Schema");
        string included = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "../../build/native/include"));
        _descriptorSet = _directory.Combine("schemas.bin");
        ProcessRun run = ProcessRun.Of(Path, ["-I" + schemas, "-I" + spec, "-I" + included, "--include_imports", "--descriptor_set_out=" + _descriptorSet, "sink2.proto", "sink3.proto", "sink2023.proto", "spec_batch.proto"]);
        if (run.ExitCode != 0) throw new InvalidOperationException(run.Error);
        Schemas = SchemaSet.TryLoad(File.ReadAllBytes(_descriptorSet), out string? error) ?? throw new InvalidOperationException(error);
    }

    /// <summary>Where the compiler is.</summary>
    public static string Path { get; } = typeof(Protoc).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(static attribute => attribute.Key == "Protoc").Value!;

    /// <summary>The schemas as the compiler sees them.</summary>
    public SchemaSet Schemas { get; }

    /// <summary>The binary form of a text; null when the compiler refuses it, with its words in <paramref name="error"/>.</summary>
    public byte[]? Encode(string message, byte[] text, out string error)
    {
        var start = new ProcessStartInfo(Path, ["--descriptor_set_in=" + _descriptorSet, "--deterministic_output", "--encode=" + message])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        Task copied = process.StandardOutput.BaseStream.CopyToAsync(output);
        try
        {
            process.StandardInput.BaseStream.Write(text);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It stopped reading at a mistake.
        }
        copied.Wait();
        error = errors.Result;
        process.WaitForExit();
        return process.ExitCode == 0 ? output.ToArray() : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();
}
