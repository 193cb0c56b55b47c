using VPythonTools.Fuzz;
using VPythonTools.Testing;

namespace VPythonTools.Benchmarks;

/// <summary>What it costs to turn 10 MB of text into wire bytes, as whole processes: against the protobuf compiler.</summary>
internal static class EncodeBenchmark
{
    private const int Length = 10_000_000;

    public static int Run(int runs)
    {
        using var bench = new Bench();
        string text = bench.Write("large.vpython3", LanguageBenchmarks.Generate(Length));
        string schema = Path.Combine(SharedData.ProjectRoot, "src/SpecLang/Schema");
        string compiled = bench.Combine("schema.bin");
        bench.Run(Protoc.Path, "-I" + schema, "--include_imports", "--descriptor_set_out=" + compiled, "spec.proto");
        void Ours(string output) => bench.Run("/bin/sh", "-c", "exec \"$0\" show --format binary \"$1\" >\"$2\"", bench.Runner, text, output);
        void Theirs(string output) => bench.Run("/bin/sh", "-c", "exec \"$0\" --descriptor_set_in=\"$1\" --encode=vpython.Spec <\"$2\" >\"$3\"", Protoc.Path, compiled, text, output);
        Ours(bench.Combine("ours"));
        Theirs(bench.Combine("theirs"));
        if (!File.ReadAllBytes(bench.Combine("ours")).AsSpan().SequenceEqual(File.ReadAllBytes(bench.Combine("theirs")))) throw new InvalidOperationException("the two read the text differently");
        PairedTiming.Compare(
            ("A  vpython3 show --format binary", _ => Ours("/dev/null")),
            ("B  protoc --encode", _ => Theirs("/dev/null")),
            runs);
        return 0;
    }
}
