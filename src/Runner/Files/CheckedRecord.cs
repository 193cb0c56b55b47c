using System.Buffers.Binary;
using System.Text;

namespace VPythonTools.Runner.Files;

/// <summary>
/// Small files of a cache: a magic of eight bytes, a content, and a checksum of both. What is damaged, cut short or of another format is as if it were not there.
/// </summary>
internal static class CheckedRecord
{
    private const int MagicLength = 8;
    private const int Largest = 64 << 20;

    /// <summary>Writes a record whole, or not at all.</summary>
    /// <param name="path">The file; its directory is made when it is missing.</param>
    /// <param name="magic">Eight bytes that say what it is, and in which format.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, ReadOnlySpan<byte> magic, Action<BinaryWriter> write) => AtomicFile.Write(path, Format(magic, write));

    /// <summary>The bytes of a record.</summary>
    public static byte[] Format(ReadOnlySpan<byte> magic, Action<BinaryWriter> write)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        writer.Write(magic);
        write(writer);
        writer.Write(StableHash.Of(content.GetBuffer().AsSpan(0, (int)content.Length)));
        return content.ToArray();
    }

    /// <summary>Notes that a record was used: its time of last change is when. A cache that may only be read keeps none.</summary>
    public static void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It was used all the same.
        }
    }

    /// <summary>Reads a record; null when there is none that is whole and of this format.</summary>
    public static T? Read<T>(string path, ReadOnlySpan<byte> magic, Func<BinaryReader, T?> read)
        where T : class
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);
            long length = RandomAccess.GetLength(file);
            if (length < MagicLength + sizeof(ulong) || length > Largest) return null;
            byte[] content = new byte[length];
            if (RandomAccess.Read(file, content, 0) != length) return null;
            if (!content.AsSpan().StartsWith(magic)) return null;
            int end = content.Length - sizeof(ulong);
            if (StableHash.Of(content.AsSpan(0, end)) != BinaryPrimitives.ReadUInt64LittleEndian(content.AsSpan(end))) return null;
            // The checksum holds, so what follows is as it was written.
            using var reader = new BinaryReader(new MemoryStream(content, MagicLength, end - MagicLength), Encoding.UTF8);
            return read(reader);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
