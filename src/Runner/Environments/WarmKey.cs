using System.Text;
using VPythonTools.Runner.Interpreters;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner.Environments;

/// <summary>All that decides which environment a run gets, as bytes: the spec, what selects the interpreter, and where packages come from.</summary>
internal static class WarmKey
{
    /// <summary>The key of a spec in an invocation. Where the spec was found does not count, only what it says.</summary>
    public static byte[] Of(ProbeResult found, Invocation invocation)
    {
        ReadOnlySpan<byte> spec = default;
        string form = "none";
        if (found.Document is { Region: { } region } document)
        {
            spec = document.Text.Slice(region.Span);
            // The prefix of embedded lines is part of the form: it decides how the same bytes are read.
            form = region.IsEmbedded ? "embedded " + document.Text.ToString(region.Prefix) : "file";
        }
        byte[] inputs = Encoding.UTF8.GetBytes(string.Join('\0', [
            StoreLayout.Version,
            form,
            invocation.PackagesLocation ?? "",
            invocation.ProgramDirectory,
            invocation.Environment[InterpreterFinder.OverrideVariable] ?? "",
            invocation.Environment["PATH"] ?? "",
            "",
        ]));
        byte[] key = new byte[inputs.Length + spec.Length];
        inputs.CopyTo(key, 0);
        spec.CopyTo(key.AsSpan(inputs.Length));
        return key;
    }
}
