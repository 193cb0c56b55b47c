using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>The first line of a script that says that it runs with a spec.</summary>
internal static class ScriptStart
{
    /// <summary>The name of the runner in a script's first line, <c>#!/usr/bin/env vpython3</c>; null where another program runs it, or the line does not say.</summary>
    public static TextSpan? FindRunner(SpecDocument document)
    {
        if (document.Kind != DocumentKind.Script || !document.Text.Bytes.StartsWith("#!"u8)) return null;
        TextSpan line = document.Text.GetLineSpan(0);
        int start = document.Text.Slice(line).LastIndexOf("vpython"u8);
        if (start < 0) return null;
        ReadOnlySpan<byte> name = document.Text.Slice(line)[start..];
        int length = name.IndexOfAny(" \t"u8);
        return new(line.Start + start, length < 0 ? name.Length : length);
    }
}
