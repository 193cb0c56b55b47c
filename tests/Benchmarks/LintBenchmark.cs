using System.Globalization;
using System.Text;

namespace VPythonTools.Benchmarks;

/// <summary>What <c>lint</c> costs as a whole process: of a large tree, against ripgrep's search for the guard in it; and of a presubmit with ten changed specs.</summary>
internal static class LintBenchmark
{
    private const int FileCount = 50_000;
    private const int FilesOfDirectory = 20;
    private const int MeanLength = 20_000;

    /// <summary>Every so many files one has a spec.</summary>
    private const int SpecEvery = 50;

    private static readonly string[] Words = ["import", "return", "self", "value", "for", "in", "if", "not", "None", "def", "result", "path", "os", "args", "class", "with", "open", "[i]", "(x)", "=", "==", "'text'", "\"quoted\"", "{}", "# note", "VERSION", "PYTHON"];

    /// <summary>Times a large tree.</summary>
    public static int RunTree(int runs)
    {
        using var bench = new Bench();
        string tree = bench.Combine("tree");
        long length = WriteTree(bench);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{FileCount} files, {length / 1_000_000} MB, {FileCount / SpecEvery} with specs"));
        PairedTiming.Compare(
            ("A  vpython3 lint", _ => bench.Run(bench.Runner, "lint", "--exit-zero", "--format", "concise", tree)),
            ("B  rg -l -F '[VPYTHON:BEGIN]'", _ => bench.Run("/usr/bin/rg", "-l", "-F", "[VPYTHON:BEGIN]", tree)),
            runs);
        return 0;
    }

    /// <summary>Times a presubmit call: ten changed specs in a repository of a thousand files.</summary>
    public static int RunPresubmit(int runs)
    {
        using var bench = new Bench();
        void Git(params string[] arguments) => bench.Run("/usr/bin/git", ["-C", bench.Combine("repository"), "-c", "user.name=A", "-c", "user.email=a@example.com", .. arguments]);
        foreach (int i in Enumerable.Range(0, 1000)) bench.Write($"repository/d{i % 50}/f{i}.py", "import os\n");
        foreach (int i in Enumerable.Range(0, 100)) bench.Write($"repository/d{i % 50}/f{i}.py.vpython3", Spec(i, ""));
        Git("init", "-q");
        Git("add", "-A");
        Git("commit", "-q", "-m", "all");
        Git("update-ref", "refs/remotes/origin/main", "HEAD");
        foreach (int i in Enumerable.Range(0, 10)) bench.Write($"repository/d{i}/f{i}.py.vpython3", Spec(i, "# changed\n"));
        string directory = bench.Combine("repository");
        PairedTiming.Compare(
            ("A  vpython3 lint --changed --format json", _ => bench.RunIn(directory, bench.Runner, "lint", "--exit-zero", "--changed", "--format", "json")),
            ("B  git status", _ => bench.RunIn(directory, "/usr/bin/git", "status", "--porcelain")),
            runs);
        return 0;
    }

    private static long WriteTree(Bench bench)
    {
        long length = 0;
        var random = new Random(1);
        bench.Write("tree/.gitignore", "*.pyc\n/out/\n__pycache__/\nnode_modules/\n*.tmp\n!keep.tmp\nbuild/**/gen\n.cache\n");
        Directory.CreateDirectory(bench.Combine("tree/.git"));
        for (int i = 0; i < FileCount; i++)
        {
            int directory = i / FilesOfDirectory;
            string name = $"tree/part{directory % 10}/module{directory / 10 % 25}/package{directory / 250}/file{i}.py";
            // Most files are small, a few are large.
            int size = (int)Math.Min(-Math.Log(1 - random.NextDouble()) * MeanLength, 1_000_000);
            bool hasSpec = i % SpecEvery == 0;
            bool isStandalone = i % (2 * SpecEvery) == 0;
            var text = new StringBuilder();
            if (hasSpec && isStandalone) text.Append(Spec(i, ""));
            else if (hasSpec) text.Append("# [VPYTHON:BEGIN]\n# ").Append(Spec(i, "").TrimEnd('\n').Replace("\n", "\n# ", StringComparison.Ordinal)).Append("\n# [VPYTHON:END]\n");
            while (!(hasSpec && isStandalone) && text.Length < size)
            {
                text.Append(' ', 4 * random.Next(4));
                for (int words = random.Next(3, 12); words > 0; words--) text.Append(Words[random.Next(Words.Length)]).Append(' ');
                text.Append('\n');
            }
            length += text.Length;
            bench.Write(hasSpec && isStandalone ? name + ".vpython3" : name, text.ToString());
        }
        return length;
    }

    private static string Spec(int number, string start)
    {
        var text = new StringBuilder(start).Append("python_version: \"3.11\"\n");
        foreach ((string name, string version) in ((string, string)[])[("attrs-py3", "23.1.0"), ("six-py2_py3", "1.16.0"), ("requests-py3", "2.31.0"), ("idna-py3", "3.4"), ("urllib3-py3", "2.1.0"), ("psutil/${vpython_platform}", "5.9.8")])
            text.Append(CultureInfo.InvariantCulture, $"# Used by: tool {number}\nwheel: <\n  name: \"infra/python/wheels/{name}\"\n  version: \"version:{version}\"\n>\n");
        return text.ToString();
    }
}
