using System.Collections.Immutable;

namespace VPythonTools.CipdServer;

/// <summary>A package that the server has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Instances">Its instances, newest first.</param>
/// <param name="Refs">Its refs and what they name, newest first, by the time of the instance.</param>
public sealed record ServedPackage(string Name, ImmutableArray<ServedInstance> Instances, ImmutableArray<(string Name, ServedInstance Instance)> Refs)
{
    /// <summary>The instance with this ID; null when there is none.</summary>
    public ServedInstance? Find(string id) => Instances.FirstOrDefault(instance => instance.Id.Value == id);
}
