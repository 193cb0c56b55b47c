using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>
/// The tags that a host has, so that asking for some parts of one takes the same time however many there are: a Mac has more than a thousand. What a question needs is made
/// when it is first asked. Safe to be asked by several threads.
/// </summary>
public sealed class HostTags
{
    private const int HasPython = 1;
    private const int HasAbi = 2;
    private const int HasPlatform = 4;

    /// <summary>By which parts count: the tags with only those parts.</summary>
    private readonly HashSet<Pep425Tag>?[] _withParts = new HashSet<Pep425Tag>?[(HasPython | HasAbi | HasPlatform) + 1];

    /// <summary>The tags of a host.</summary>
    /// <param name="tags">The tags, best first.</param>
    public HostTags(IReadOnlyList<Pep425Tag> tags) => Tags = tags;

    /// <summary>The tags, best first.</summary>
    public IReadOnlyList<Pep425Tag> Tags { get; }

    /// <summary>Whether one tag has every part that is set; a question without any part is answered by no.</summary>
    public bool Match(PEP425Tag asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        int parts = (asked.Python.Length > 0 ? HasPython : 0) | (asked.Abi.Length > 0 ? HasAbi : 0) | (asked.Platform.Length > 0 ? HasPlatform : 0);
        return parts > 0 && WithParts(parts).Contains(new(asked.Python, asked.Abi, asked.Platform));
    }

    private HashSet<Pep425Tag> WithParts(int parts) => Volatile.Read(ref _withParts[parts]) is { } known
        ? known
        : _withParts[parts] = [.. Tags.Select(tag => new Pep425Tag(
            (parts & HasPython) != 0 ? tag.Python : "",
            (parts & HasAbi) != 0 ? tag.Abi : "",
            (parts & HasPlatform) != 0 ? tag.Platform : ""))];
}
