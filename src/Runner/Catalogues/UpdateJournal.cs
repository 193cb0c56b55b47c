using System.Text;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Catalogues;

/// <summary>
/// What an update of the catalogue has learnt so far, a package a line, so that one that was interrupted goes on where it was. It is of use only for the same
/// question, and only for a day: a service goes on growing.
/// </summary>
internal sealed class UpdateJournal : IDisposable
{
    private const int MostBytes = 256 << 20;
    private static readonly TimeSpan Validity = TimeSpan.FromDays(1);

    private readonly string _path;
    private readonly StreamWriter _writer;

    private UpdateJournal(string path, StreamWriter writer, Dictionary<string, string> known)
    {
        _path = path;
        _writer = writer;
        Known = known;
    }

    /// <summary>What was learnt before, by the names of packages.</summary>
    public IReadOnlyDictionary<string, string> Known { get; }

    /// <summary>Opens the journal of a question, with what an earlier run left in it; an empty one otherwise.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="question">What is asked of whom, on one line.</param>
    public static UpdateJournal Open(string path, string question)
    {
        Dictionary<string, string> known = Read(path, question);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Written anew, so that no line goes on where one ended early.
        AtomicFile.Write(path, Encoding.UTF8.GetBytes($"{question}\n{string.Concat(known.Select(static package => $"{package.Key}\t{package.Value}.\n"))}"));
        return new(path, new StreamWriter(path, append: true) { AutoFlush = true, NewLine = "\n" }, known);
    }

    /// <summary>Notes what was learnt of a package.</summary>
    public void Add(string package, string facts) => _writer.WriteLine($"{package}\t{facts}.");

    /// <summary>Removes the journal: the update is done.</summary>
    public void Finish()
    {
        Dispose();
        File.Delete(_path);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static Dictionary<string, string> Read(string path, string question)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > MostBytes || !LastUse.IsRecent(file.LastWriteTimeUtc, Validity, DateTime.UtcNow)) return known;
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != question) return known;
        foreach (string line in lines.Skip(1))
        {
            // A line that ends early is one that its writer did not live to end.
            if (line.EndsWith('.') && line.IndexOf('\t', StringComparison.Ordinal) is > 0 and int tab) known[line[..tab]] = line[(tab + 1)..^1];
        }
        return known;
    }
}
