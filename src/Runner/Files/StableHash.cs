using System.Globalization;

namespace VPythonTools.Runner.Files;

/// <summary>
/// FNV-1a with 64 bits: names cache files, nothing more. Whoever uses such a file compares what is in it, so a collision only costs time; and unlike
/// SHA-256, which lives in a library of its own, it costs nothing to load.
/// </summary>
internal static class StableHash
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The hash.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = Basis;
        foreach (byte unit in bytes) hash = (hash ^ unit) * Prime;
        return hash;
    }

    /// <summary>The hash as 16 hexadecimal digits.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes) => Of(bytes).ToString("x16", CultureInfo.InvariantCulture);
}
