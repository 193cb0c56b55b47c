using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>A package in the index of a package directory.</summary>
public sealed class PackageEntry
{
    private readonly SortedDictionary<string, SortedSet<string>> _tagsByInstance = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _instanceByRef = new(StringComparer.Ordinal);

    /// <summary>The instances with their tags, both in the order of their bytes.</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> Instances => _tagsByInstance;

    /// <summary>The refs and the instances that they name, in the order of their bytes.</summary>
    public IReadOnlyDictionary<string, string> Refs => _instanceByRef;

    /// <summary>All tags of all instances.</summary>
    public IEnumerable<string> Tags => _tagsByInstance.Values.SelectMany(tags => tags).Distinct();

    /// <summary>The instances that have a tag; CIPD lets several of them have the same.</summary>
    public string[] InstancesWith(string tag) => [.. _tagsByInstance.Where(instance => instance.Value.Contains(tag)).Select(instance => instance.Key)];

    /// <summary>Enters an instance, or leaves it as it is.</summary>
    public void AddInstance(InstanceId instance) => _tagsByInstance.TryAdd(instance.Value, new(StringComparer.Ordinal));

    /// <summary>Attaches a tag to an instance that has been entered.</summary>
    public void AddTag(InstanceId instance, string tag) => _tagsByInstance[instance.Value].Add(tag);

    /// <summary>Makes a ref name an instance that has been entered, whatever it named before.</summary>
    public void MoveRef(string reference, InstanceId instance) => _instanceByRef[reference] = instance.Value;
}
