using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// The outcome of an earlier run: which environment belongs to this key, and what must be unchanged for that to hold. It is a hint that only saves
/// time: a record that is missing, damaged or stale costs the long way, and never changes where it leads.
/// </summary>
/// <remarks>
/// File format, little endian: the magic <c>VPYWARM1</c>; the key, the environment's identity and the path of its Python relative to it, each as a 32-bit length and
/// bytes; a 32-bit count and so many watched paths, each a path and the four 64-bit numbers of its fingerprint; FNV-1a of all before. A path that the key
/// knows is a negative 32-bit number instead: -1 for the key's first path, and so on.
/// </remarks>
/// <param name="EnvironmentId">The identity of the environment.</param>
/// <param name="Python">The path of its Python relative to it.</param>
/// <param name="Watched">What must be unchanged.</param>
internal sealed record WarmRecord(string EnvironmentId, string Python, ImmutableArray<WatchedPath> Watched)
{
    private const int LargestRecord = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "VPYWARM1"u8;

    /// <summary>The record of this key, when there is one and all that it rests on is unchanged.</summary>
    /// <param name="directory">Where the records are.</param>
    /// <param name="key">All that decides the outcome.</param>
    public static WarmRecord? Find(string directory, WarmKey key)
    {
        byte[] content;
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(FileOf(directory, key));
            long length = RandomAccess.GetLength(file);
            if (length is <= 0 or > LargestRecord) return null;
            content = new byte[length];
            if (RandomAccess.Read(file, content, 0) != length) return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        return Parse(content, key) is { } record && record.Watched.All(watched => watched.IsUnchanged) ? record : null;
    }

    /// <summary>Holds the environment that an earlier run left a record of, with the path of its Python relative to it; nothing where the long way has to be taken.</summary>
    public static (HeldEnvironment? Held, string? Python) HoldKnown(Invocation invocation, ProbeResult found, WarmKey key) =>
        IsSound(found)
            && Find(invocation.Layout.WarmRecords, key) is { } warm
            && invocation.Store.TryHold(warm.EnvironmentId) is { } known
            ? (known, warm.Python)
            : default;

    /// <summary>Keeps this record for a key. A store that cannot be written to keeps none.</summary>
    public void Keep(string directory, WarmKey key)
    {
        try
        {
            AtomicFile.Write(FileOf(directory, key), Format(key));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run takes the long way again.
        }
    }

    /// <summary>The environment that the record in a file leads to, whatever its key; null when the file is damaged or of another format.</summary>
    public static string? EnvironmentIn(string file)
    {
        try
        {
            byte[] content = File.ReadAllBytes(file);
            if (!IsWhole(content)) return null;
            ReadOnlySpan<byte> rest = content.AsSpan(Magic.Length);
            TakeBytes(ref rest);
            return TakeText(ref rest);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The record in these bytes; null when they are damaged, of another format, or of another key.</summary>
    internal static WarmRecord? Parse(ReadOnlySpan<byte> content, WarmKey key)
    {
        if (!IsWhole(content)) return null;

        // The checksum holds, so what follows is as it was written.
        ReadOnlySpan<byte> rest = content[Magic.Length..^sizeof(ulong)];
        if (!TakeBytes(ref rest).SequenceEqual(key.Content)) return null;
        string id = TakeText(ref rest);
        string python = TakeText(ref rest);
        var watched = new WatchedPath[TakeInt32(ref rest)];
        for (int index = 0; index < watched.Length; index++)
        {
            string path = TakePath(ref rest, key);
            watched[index] = new(path, new((ulong)TakeInt64(ref rest), (ulong)TakeInt64(ref rest), TakeInt64(ref rest), TakeInt64(ref rest)));
        }
        return new(id, python, [.. watched]);
    }

    /// <summary>The record of a key as bytes.</summary>
    internal byte[] Format(WarmKey key)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(key.Content.Length);
        writer.Write(key.Content);
        WriteText(EnvironmentId);
        WriteText(Python);
        writer.Write(Watched.Length);
        foreach ((string path, FileFingerprint fingerprint) in Watched)
        {
            WritePath(path);
            writer.Write(fingerprint.Device);
            writer.Write(fingerprint.Inode);
            writer.Write(fingerprint.Size);
            writer.Write(fingerprint.ModifiedNanoseconds);
        }
        writer.Flush();
        writer.Write(StableHash.Of(content.ToArray()));
        writer.Flush();
        return content.ToArray();

        void WritePath(string path)
        {
            int known = key.CallersPaths.IndexOf(path);
            if (path.Length > 0 && known >= 0) writer.Write(-1 - known);
            else WriteText(path);
        }

        void WriteText(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }
    }

    /// <summary>Whether the spec has a clear beginning and end. Its text alone is the key, and the same text may stand in a script whose guards are wrong.</summary>
    private static bool IsSound(ProbeResult found) =>
        found.Document is not { } document || !document.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static bool IsWhole(ReadOnlySpan<byte> content) =>
        content.Length >= Magic.Length + sizeof(ulong)
        && content.StartsWith(Magic)
        && StableHash.Of(content[..^sizeof(ulong)]) == BinaryPrimitives.ReadUInt64LittleEndian(content[^sizeof(ulong)..]);

    private static string FileOf(string directory, WarmKey key) => Path.Combine(directory, key.Name);

    private static int TakeInt32(ref ReadOnlySpan<byte> rest)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[sizeof(int)..];
        return value;
    }

    private static long TakeInt64(ref ReadOnlySpan<byte> rest)
    {
        long value = BinaryPrimitives.ReadInt64LittleEndian(rest);
        rest = rest[sizeof(long)..];
        return value;
    }

    private static ReadOnlySpan<byte> TakeBytes(ref ReadOnlySpan<byte> rest)
    {
        int length = TakeInt32(ref rest);
        ReadOnlySpan<byte> bytes = rest[..length];
        rest = rest[length..];
        return bytes;
    }

    private static string TakePath(ref ReadOnlySpan<byte> rest, WarmKey key)
    {
        int number = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (number >= 0) return TakeText(ref rest);
        rest = rest[sizeof(int)..];
        return key.CallersPaths[-1 - number];
    }

    private static string TakeText(ref ReadOnlySpan<byte> rest) => Encoding.UTF8.GetString(TakeBytes(ref rest));
}
