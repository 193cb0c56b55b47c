using System.Buffers.Binary;
using System.Numerics;

namespace VPythonTools.Runner.Files;

/// <summary>
/// SHA-256 (FIPS 180-4) of small contents in memory. The system's own lives in a library that takes longer to load than an environment takes to be planned; it is faster by far where there is
/// more to hash, and is used there.
/// </summary>
internal static class Sha256
{
    /// <summary>How many bytes a hash has.</summary>
    public const int Size = 32;

    private const int BlockSize = 64;

    /// <summary>The first 32 bits of the fractional parts of the cube roots of the first 64 primes (4.2.2).</summary>
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>The hash of some bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> content)
    {
        Span<uint> state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
        int whole = content.Length / BlockSize * BlockSize;
        for (int block = 0; block < whole; block += BlockSize) Take(state, content.Slice(block, BlockSize));

        // What is left, a one, zeros, and the length in bits: one block, or two where the length finds no place in the first (5.1.1).
        ReadOnlySpan<byte> left = content[whole..];
        Span<byte> end = stackalloc byte[2 * BlockSize];
        end.Clear();
        left.CopyTo(end);
        end[left.Length] = 0x80;
        int length = left.Length < BlockSize - sizeof(ulong) ? BlockSize : 2 * BlockSize;
        BinaryPrimitives.WriteUInt64BigEndian(end[(length - sizeof(ulong))..], (ulong)content.Length * 8);
        for (int block = 0; block < length; block += BlockSize) Take(state, end.Slice(block, BlockSize));

        byte[] hash = new byte[Size];
        for (int word = 0; word < state.Length; word++) BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(word * sizeof(uint)), state[word]);
        return hash;
    }

    private static void Take(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> schedule = stackalloc uint[64];
        for (int round = 0; round < 16; round++) schedule[round] = BinaryPrimitives.ReadUInt32BigEndian(block[(round * sizeof(uint))..]);
        for (int round = 16; round < 64; round++)
        {
            uint early = schedule[round - 15];
            uint late = schedule[round - 2];
            schedule[round] = schedule[round - 16] + schedule[round - 7]
                + (BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3))
                + (BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10));
        }
        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        (uint e, uint f, uint g, uint h) = (state[4], state[5], state[6], state[7]);
        for (int round = 0; round < 64; round++)
        {
            uint first = h + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25)) + ((e & f) ^ (~e & g)) + Constants[round] + schedule[round];
            uint second = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
