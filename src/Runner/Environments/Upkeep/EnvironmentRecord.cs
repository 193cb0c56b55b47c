using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>
/// What is remembered of an environment beside it: what it was made from and for, and what it held when it was complete. Paths of specs and scripts are all that
/// it says of a user; nothing of the caller's variables goes into it.
/// </summary>
/// <param name="Id">The environment's identity.</param>
/// <param name="Made">When it was built.</param>
/// <param name="Interpreter">The interpreter that it was made from.</param>
/// <param name="Packages">The packages in it, by name.</param>
/// <param name="Content">What it held.</param>
/// <param name="Users">The specs and scripts that it was prepared for, the latest first; not every run, only those that took the long way.</param>
internal sealed record EnvironmentRecord(
    string Id,
    DateTimeOffset Made,
    EnvironmentRecord.MadeFrom Interpreter,
    ImmutableArray<EnvironmentRecord.Package> Packages,
    ImmutableArray<ContentMark> Content,
    ImmutableArray<EnvironmentRecord.User> Users)
{
    /// <summary>More users than these are forgotten, those first that have not come for longest.</summary>
    private const int MostUsers = 20;

    private static readonly TimeSpan SameVisit = TimeSpan.FromHours(1);

    /// <summary>An interpreter.</summary>
    /// <param name="Path">Its executable.</param>
    /// <param name="Version">Its version.</param>
    internal sealed record MadeFrom(string Path, string Version);

    /// <summary>A package, pinned.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Version">The version as the spec has it.</param>
    /// <param name="Instance">What the version meant.</param>
    internal sealed record Package(string Name, string Version, string Instance);

    /// <summary>Somebody that the environment was prepared for.</summary>
    /// <param name="Script">The script; null for a command, a module or a prompt.</param>
    /// <param name="Spec">The file that holds the spec; null where there was none.</param>
    /// <param name="Last">When it was prepared for them last.</param>
    internal sealed record User(string? Script, string? Spec, DateTimeOffset Last);

    /// <summary>The record with a user in front; the same record when that user was here just now.</summary>
    public EnvironmentRecord With(User user)
    {
        if (Users.FirstOrDefault(known => known.Script == user.Script && known.Spec == user.Spec) is { } known && user.Last - known.Last < SameVisit) return this;
        return this with { Users = [user, .. Users.Where(other => other.Script != user.Script || other.Spec != user.Spec).Take(MostUsers - 1)] };
    }
}

/// <summary>How records become JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EnvironmentRecord))]
internal sealed partial class EnvironmentRecordJson : JsonSerializerContext;
