using System.Security.Cryptography;
using VPythonTools.Runner.Archives;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>
/// Makes CIPD instance files as the wheels of Chrome Operations are packed: everything stored, the manifest last. No times and no user go
/// into the file, so the same package with the same files has the same instance ID wherever and whenever it is made.
/// </summary>
public static class InstanceFileWriter
{
    /// <summary>Writes an instance and gives the ID that its bytes have.</summary>
    /// <param name="output">Where the file goes, from its current position.</param>
    /// <param name="name">The package.</param>
    /// <param name="files">Names within the package and contents; written in the order of their names.</param>
    public static InstanceId Write(Stream output, PackageName name, IEnumerable<(string Name, ByteRange Content)> files)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var hashing = new HashingStream(output, hash);
        var archive = new StoredZipWriter(hashing);
        foreach ((string member, ByteRange content) in files.OrderBy(file => file.Name, StringComparer.Ordinal)) archive.Add(member, content);
        archive.Add(InstanceManifest.MemberName, ByteRange.OfMemory(new InstanceManifest(InstanceManifest.CurrentFormat, name.Value).ToJson()));
        archive.Finish();
        return InstanceId.FromSha256(hash.GetHashAndReset());
    }

    /// <summary>Passes on what is written and hashes it on the way.</summary>
    private sealed class HashingStream(Stream output, IncrementalHash hash) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            hash.AppendData(buffer);
            output.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => output.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
