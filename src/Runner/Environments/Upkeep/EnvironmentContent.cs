using System.Collections.Immutable;
using System.Security.Cryptography;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Interpreters;
using VPythonTools.Runner.Wheels;

namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>
/// What is in an environment, held against what was: the files of each distribution against its <c>RECORD</c>, and the <c>RECORD</c>s and the environment's own files against
/// marks that were taken when it was complete. Files that came later, such as byte-code and what a script installed besides, are no damage.
/// </summary>
internal static class EnvironmentContent
{
    private const string RecordName = "RECORD";
    private const string DistributionSuffix = ".dist-info";

    /// <summary>Takes the marks of an environment that is complete.</summary>
    public static ImmutableArray<ContentMark> Mark(string environment, InterpreterFacts facts)
    {
        var marks = ImmutableArray.CreateBuilder<ContentMark>();
        marks.Add(new(EnvironmentStore.Marker, HashOf(Path.Combine(environment, EnvironmentStore.Marker))));
        foreach (string own in VirtualEnvironmentLayout.OwnFiles(facts).Where(path => path != EnvironmentStore.Marker))
        {
            // A wheel may have brought a command of the same name; then it is that wheel's, and its RECORD tells of it.
            if (Path.Exists(Path.Combine(environment, own))) marks.Add(new(own, null));
        }
        foreach (string library in (string[])[facts.Scheme.PureLib, .. facts.Scheme.PlatLib == facts.Scheme.PureLib ? [] : (string[])[facts.Scheme.PlatLib]])
        {
            string directory = Path.Combine(environment, library);
            // 'lib64' leads to 'lib': the same distributions would be found twice, which costs a second look and nothing else.
            if (!Directory.Exists(directory)) continue;
            foreach (string distribution in Directory.EnumerateDirectories(directory, "*" + DistributionSuffix).Order(StringComparer.Ordinal))
            {
                string record = Path.Combine(distribution, RecordName);
                if (File.Exists(record)) marks.Add(new(Path.GetRelativePath(environment, record).Replace('\\', '/'), HashOf(record)));
            }
        }
        return marks.DrainToImmutable();
    }

    /// <summary>All that is missing or changed in an environment, in no particular order; empty when it is as it was.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="marks">What was taken when it was complete; empty where nothing is known, and then its <c>RECORD</c>s are believed.</param>
    public static IEnumerable<ContentFault> Check(string environment, ImmutableArray<ContentMark> marks)
    {
        if (marks.IsEmpty) marks = MarksOfWhatIsThere(environment);
        foreach (ContentMark mark in marks)
        {
            string path = Path.Combine(environment, mark.Path);
            if (FindFault(path, mark) is { } kind)
            {
                yield return new(mark.Path, kind);
                continue;
            }
            if (Path.GetFileName(mark.Path) != RecordName) continue;
            foreach (ContentFault fault in CheckDistribution(environment, path)) yield return fault;
        }
    }

    private static ContentFaultKind? FindFault(string path, ContentMark mark)
    {
        if (FindAbsence(path) is { } absence) return absence;
        try
        {
            return mark.Hash is { } hash && HashOf(path) != hash ? ContentFaultKind.Changed : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ContentFaultKind.Unreadable;
        }
    }

    private static List<ContentFault> CheckDistribution(string environment, string recordPath)
    {
        string library = Path.GetDirectoryName(Path.GetDirectoryName(recordPath)!)!;
        WheelRecord record;
        try
        {
            record = WheelRecord.Parse(File.ReadAllBytes(recordPath));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return [new(Path.GetRelativePath(environment, recordPath), ContentFaultKind.Unreadable)];
        }
        var faults = new List<ContentFault>();
        foreach (WheelRecordRow row in record.Rows)
        {
            string path = Path.GetFullPath(Path.Combine(library, row.Path));
            string shown = Path.GetRelativePath(environment, path);
            // What a RECORD names outside of the environment is not ours to look at.
            if (shown.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(shown)) continue;
            if (FindFault(path, row) is { } kind) faults.Add(new(shown, kind));
        }
        return faults;
    }

    private static ContentFaultKind? FindFault(string path, WheelRecordRow row)
    {
        if (FindAbsence(path) is { } absence) return absence;
        if (!row.TryGetDigest(out HashAlgorithmName algorithm, out byte[] digest)) return null;
        try
        {
            using FileStream content = File.OpenRead(path);
            if (row.SizeInBytes is { } size && content.Length != size) return ContentFaultKind.Changed;
            return CryptographicOperations.HashData(algorithm, content).AsSpan().SequenceEqual(digest) ? null : ContentFaultKind.Changed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ContentFaultKind.Unreadable;
        }
    }

    /// <summary>Whether nothing is where a path leads. <see cref="File.Exists"/> is true of a link that leads nowhere.</summary>
    private static ContentFaultKind? FindAbsence(string path)
    {
        if (FileFingerprint.Of(path) != default) return null;
        return new FileInfo(path).LinkTarget is null ? ContentFaultKind.Missing : ContentFaultKind.LinkLeadsNowhere;
    }

    private static ImmutableArray<ContentMark> MarksOfWhatIsThere(string environment) =>
    [
        new(EnvironmentStore.Marker, null),
        .. Directory.EnumerateFiles(environment, RecordName, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(record => Path.GetDirectoryName(record)!.EndsWith(DistributionSuffix, StringComparison.Ordinal))
            .Select(record => new ContentMark(Path.GetRelativePath(environment, record).Replace('\\', '/'), null)),
    ];

    private static string HashOf(string path) => StableHash.Hex(File.ReadAllBytes(path));
}
