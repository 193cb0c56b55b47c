using System.Buffers;
using System.Globalization;
using System.Text;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Interpreters;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// What an environment is: the interpreter, the resolved packages and the layout of the store; nothing else. Not the order or the comments of
/// a spec, not where packages came from, not paths of the store, not proxies or other variables. Equal identities mean equal contents.
/// </summary>
public static class EnvironmentIdentity
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuv";
    private static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);
    private const int DigestBytes = 16;
    internal const int TextLength = 26;

    /// <summary>The identity as 26 characters: lower-case base32hex of the first 16 bytes of a SHA-256.</summary>
    /// <param name="interpreter">The base interpreter.</param>
    /// <param name="executable">The fingerprint of its executable, so that an upgrade in place makes a new environment.</param>
    /// <param name="packages">The resolved packages, in any order.</param>
    public static string Of(InterpreterFacts interpreter, FileFingerprint executable, IEnumerable<PackagePin> packages)
    {
        var text = new StringBuilder()
            .Append("layout ").Append(StoreLayout.Version).Append('\n')
            .Append("interpreter ").Append(interpreter.Executable).Append('\n')
            .Append("version ").Append(interpreter.Version).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"executable {executable.Inode} {executable.Size} {executable.ModifiedNanoseconds}\n");
        foreach (string seed in interpreter.SeedWheels) text.Append("seed ").Append(Path.GetFileName(seed)).Append('\n');
        foreach (string package in packages.Select(package => package.ToString()).Order(StringComparer.Ordinal))
            text.Append("package ").Append(package).Append('\n');
        return Base32Hex(Sha256.Of(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, DigestBytes));
    }

    /// <summary>Whether a name has the form of an identity.</summary>
    public static bool IsIdentity(ReadOnlySpan<char> name) => name.Length == TextLength && !name.ContainsAnyExcept(Digits);

    private static string Base32Hex(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(TextLength);
        int buffer = 0, bits = 0;
        foreach (byte unit in bytes)
        {
            buffer = (buffer << 8) | unit;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }
}
