using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Interpreters;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// All that decides which environment a run gets: the spec, what selects the interpreter, and where packages come from. The spec is kept as it is and
/// compared byte for byte; the caller's variables are the caller's business, so only a hash of them is kept (two different surroundings of one user with one hash
/// are a matter of 1 in 2^64), and paths that they name go by number.
/// </summary>
/// <param name="content">The spec and the hash of the surroundings: what a record keeps of its key.</param>
/// <param name="callersPaths">Paths that the caller's variables and flags name, in a fixed order.</param>
internal sealed class WarmKey(byte[] content, ImmutableArray<string> callersPaths)
{
    /// <summary>What a record keeps of its key, and compares.</summary>
    public ReadOnlySpan<byte> Content => content;

    /// <summary>Under which name things of this key are kept; another key may have the same.</summary>
    public string Name => StableHash.Hex(content);

    /// <summary>Paths that a record names by their number here.</summary>
    public ImmutableArray<string> CallersPaths => callersPaths;

    /// <summary>The key of a spec in an invocation. Where the spec was found does not count, only what it says.</summary>
    public static WarmKey Of(ProbeResult found, Invocation invocation)
    {
        ReadOnlySpan<byte> spec = default;
        string form = "none";
        if (found.Document is { Region: { } region } document)
        {
            spec = document.Text.Slice(region.Span);
            // The prefix of embedded lines is part of the form: it decides how the same bytes are read.
            form = region.IsEmbedded ? "embedded " + document.Text.ToString(region.Prefix) : "file";
        }
        string path = invocation.Environment["PATH"] ?? "";
        ImmutableArray<string> packages = invocation.PackageLocations;
        string interpreter = InterpreterFinder.Named(invocation.Environment) ?? "";
        ulong surroundings = StableHash.Of(NativeText.Encode(string.Join('\0', [.. packages, invocation.ProgramDirectory, interpreter, path, .. InstalledPythons.Variables.Select(name => invocation.Environment[name] ?? "")])));

        byte[] head = Encoding.UTF8.GetBytes($"{StoreLayout.Version}\0{form}\0");
        byte[] content = new byte[sizeof(ulong) + head.Length + spec.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(content, surroundings);
        head.CopyTo(content, sizeof(ulong));
        spec.CopyTo(content.AsSpan(sizeof(ulong) + head.Length));
        return new(content, [interpreter, .. packages.Select(PackageDirectory.IndexPathIn), .. path.Split(Path.PathSeparator)]);
    }
}
