using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>The environments of a store, for those who look after it. Looking is no use of an environment.</summary>
/// <param name="invocation">Whose store.</param>
internal sealed class EnvironmentInventory(Invocation invocation)
{
    /// <summary>So few characters of an identity could be meant for anything.</summary>
    private const int ShortestPrefix = 4;

    private const string ShowList = "vpython3 env list shows the environments that there are";

    private readonly StoreLayout _layout = invocation.Layout;

    private readonly EnvironmentRecords _records = new(invocation.Layout, invocation.Log);

    /// <summary>All of them, the last used first.</summary>
    public IEnumerable<StoredEnvironment> All() => Describe(Identities());

    /// <summary>Some of them, the last used first.</summary>
    public IEnumerable<StoredEnvironment> Describe(IEnumerable<string> ids)
    {
        IReadOnlySet<string> running = RunningPrograms.Find(_layout.Environments);
        return ids.Select(id => Describe(id, running.Contains(id))).OrderByDescending(environment => environment.LastUse);
    }

    private StoredEnvironment Describe(string id, bool isRunning)
    {
        string use = _layout.UseLock(id);
        bool isInUse = false;
        using (FileLock? usage = FileLock.OpenExisting(use)) isInUse = usage is not null && !usage.TryTakeExclusive();
        string path = _layout.Environment(id);
        DateTime last = File.Exists(use) ? File.GetLastWriteTimeUtc(use) : Directory.GetLastWriteTimeUtc(path);
        return new(id, path, last, isInUse || isRunning, invocation.Store.IsReady(id), _records.Find(id));
    }

    /// <summary>
    /// The identity that a user means: by the identity or the beginning of one, by a path of an environment or in it, or by the command line of Python whose environment it is.
    /// </summary>
    public Result<string> Find(string text)
    {
        string[] known = [.. Identities()];
        if (text.Length >= ShortestPrefix && known.Where(id => id.StartsWith(text, StringComparison.Ordinal)).ToArray() is { Length: > 0 } meant)
        {
            return meant.Length == 1
                ? meant[0]
                : new Failure("VPY3025", $"'{text}' is the beginning of {meant.Length} environments: {string.Join(", ", meant)}") { NextStep = "write more of it" };
        }
        if (text.Length == 0) return new Failure("VPY3025", "an empty name is that of no environment and of no script") { NextStep = ShowList };
        string path = Path.GetFullPath(text, invocation.WorkingDirectory);
        string inside = Path.GetRelativePath(_layout.Environments, path).Split(Path.DirectorySeparatorChar)[0];
        if (known.Contains(inside)) return inside;
        if (!Path.Exists(path) && text.All(char.IsAsciiLetterOrDigit))
        {
            string tooShort = text.Length < ShortestPrefix ? $"; the beginning of an identity has at least {ShortestPrefix} characters" : "";
            return new Failure("VPY3025", $"there is no environment and no script '{text}'{tooShort}") { NextStep = ShowList };
        }
        return invocation.ForRun([text])
            .Then(run => SpecSearch.Find(run).Then(found => EnvironmentPreparation.Locate(run, found, installs: false)))
            .Then<string>(location => location.IsReady || Directory.Exists(location.Path)
                ? location.Id
                : new Failure("VPY3025", $"the environment of '{text}' is not there: it would be {location.Id}") { NextStep = $"vpython3 install {text} builds it" });
    }

    /// <summary>What lies among the environments and is none of ours: paths, in their order. It is nobody's here to remove.</summary>
    public static IEnumerable<string> Foreign(StoreLayout layout) => Directory.Exists(layout.Environments)
        ? Directory.EnumerateFileSystemEntries(layout.Environments).Where(path => !EnvironmentIdentity.IsIdentity(Path.GetFileName(path))).Order(StringComparer.Ordinal)
        : [];

    private IEnumerable<string> Identities() => Directory.Exists(_layout.Environments)
        ? Directory.EnumerateFileSystemEntries(_layout.Environments).Select(path => Path.GetFileName(path)!).Where(name => EnvironmentIdentity.IsIdentity(name)).Order(StringComparer.Ordinal)
        : [];
}
