using System.Buffers;

namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>The catalogue that is embedded in this assembly, read where the assembly is mapped.</summary>
internal static class BuiltInCatalogue
{
    private const string ResourceName = "VPythonTools.SpecLang.built-in.catalogue";

    /// <summary>Opens it.</summary>
    public static PackageCatalogue Open()
    {
        using Stream stream = typeof(BuiltInCatalogue).Assembly.GetManifestResourceStream(ResourceName)!;
        return PackageCatalogue.TryOpen(ReadInPlace(stream), out PackageCatalogue? catalogue, out CatalogueFault? fault)
            ? catalogue
            : throw new InvalidOperationException($"The built-in catalogue cannot be used: {fault.Reason}");
    }

    private static unsafe ReadOnlyMemory<byte> ReadInPlace(Stream stream)
    {
        if (stream is UnmanagedMemoryStream mapped) return new MappedMemory(mapped.PositionPointer, (int)mapped.Length).Memory;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Memory of the assembly, which stays where it is as long as the program runs.</summary>
    private sealed unsafe class MappedMemory(byte* start, int length) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan() => new(start, length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
