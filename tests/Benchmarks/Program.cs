using VPythonTools.Benchmarks;

return args switch
{
    ["warm", .. var rest] => WarmBenchmark.Run(Runs(rest, 200)),
    ["cold", .. var rest] => ColdBenchmark.Run(Runs(rest, 7)),
    ["fetch", .. var rest] => FetchBenchmark.Run(Runs(rest, 7)),
    ["encode", .. var rest] => EncodeBenchmark.Run(Runs(rest, 15)),
    ["lint", .. var rest] => LintBenchmark.RunTree(Runs(rest, 11)),
    ["language-server", .. var rest] => LanguageServerBenchmark.Run(Runs(rest, 100)),
    ["presubmit", .. var rest] => LintBenchmark.RunPresubmit(Runs(rest, 50)),
    ["language", .. var rest] => LanguageBenchmarks.Run(rest),
    ["catalogue", .. var rest] => CatalogueBenchmarks.Run(rest),
    _ => Help(),
};

static int Runs(string[] rest, int otherwise) => rest is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : otherwise;

static int Help()
{
    Console.Error.WriteLine(
        """
        usage: dotnet run -c Release --project tests/Benchmarks -- NAME [RUNS]
          warm   vpython3 -c pass in an environment that is there, against that environment's own python -s -c pass
          cold   an environment of ten wheels made by vpython3, against python -m venv and pip install --no-index --no-deps
          fetch  30 wheels of 100 MB fetched from a loopback service and installed by vpython3, against curl of the same files with the same parallelism
          language   lexing, parsing, binding and formatting (BenchmarkDotNet; its options may follow)
          encode   vpython3 show --format binary of a spec of 10 MB, against protoc --encode
          lint   vpython3 lint of a tree of 50,000 files and 1 GB, against rg -l -F '[VPYTHON:BEGIN]'
          language-server  vpython-lsp: start, key to findings, completion, a workspace, memory
          presubmit  vpython3 lint --changed of ten changed specs, beside git status
          language   lexing, parsing, binding and formatting (BenchmarkDotNet; its options may follow)
          catalogue  opening a catalogue of 10,000 versions, and its answers (BenchmarkDotNet; or --quick)
        All but the last two need the native executable: dotnet publish src/Runner -c Release
        """);
    return 2;
}
