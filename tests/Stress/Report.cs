using System.Text;

namespace VPythonTools.Stress;

/// <summary>What a long run says, on standard output and in a file at once: who ends a run early, or loses its terminal, still has what it found.</summary>
internal sealed class Report : TextWriter
{
    private readonly StreamWriter _file;
    private readonly Lock _lock = new();

    private Report(string path, StreamWriter file)
    {
        Path = path;
        _file = file;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>A report whose file is in the directory for temporary files; an earlier one of that name is replaced.</summary>
    public static Report Open(string name)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), string.Concat(name.Split(System.IO.Path.GetInvalidFileNameChars())));
        return new(path, new StreamWriter(path, append: false) { AutoFlush = true });
    }

    /// <inheritdoc/>
    public override void Write(char value) => WriteBoth(value.ToString());

    /// <inheritdoc/>
    public override void WriteLine(string? value) => WriteBoth(value + Environment.NewLine);

    private void WriteBoth(string text)
    {
        lock (_lock)
        {
            Console.Out.Write(text);
            _file.Write(text);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }
}
