using System.Text;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Cipd;
using VPythonTools.SpecLang.Packages;
using VPythonTools.Testing;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>A package directory of instances whose age, tags and refs a test says; what is in them is of no matter.</summary>
internal sealed class InstanceShelf : IDisposable
{
    private static readonly DateTime Epoch = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryDirectory _directory = new();
    private readonly PackageIndex _index = new();
    private int _count;

    public InstanceShelf()
    {
        Directory.CreateDirectory(_directory.Combine("instances"));
        Save();
    }

    /// <summary>The directory.</summary>
    public string Path => _directory.Path;

    /// <summary>Adds an instance, a day younger than the one before; gives its ID.</summary>
    /// <param name="package">The package.</param>
    /// <param name="versions">Tags, and refs, which move to it.</param>
    /// <param name="size">The size of what is in it.</param>
    public string Add(string package, string[] versions, int size = 10)
    {
        PackageName name = PackageName.TryParse(package, out PackageName parsed, out string? error) ? parsed : throw new ArgumentException(error);
        string aside = _directory.Combine("instances", ".new");
        byte[] content = Encoding.UTF8.GetBytes($"{_count} {new string('x', size)}");
        InstanceId id;
        using (FileStream output = File.Create(aside)) id = InstanceFileWriter.Write(output, name, [("content", ByteRange.OfMemory(content))]);
        string path = _directory.Combine("instances", id.Value);
        File.Move(aside, path);
        File.SetLastWriteTimeUtc(path, Epoch.AddDays(_count++));
        PackageEntry entry = _index.GetOrAdd(name);
        entry.AddInstance(id);
        foreach (string version in versions)
        {
            if (version.Contains(':', StringComparison.Ordinal)) entry.AddTag(id, version);
            else entry.MoveRef(version, id);
        }
        Save();
        return id.Value;
    }

    /// <summary>The file of an instance.</summary>
    public string FileOf(string instance) => _directory.Combine("instances", instance);

    public void Dispose() => _directory.Dispose();

    private void Save() => File.WriteAllBytes(_directory.Combine("packages.json"), _index.ToJson());
}
