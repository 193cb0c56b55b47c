namespace VPythonTools.Runner.Interpreters;

/// <summary>What byte-code an interpreter writes and reads.</summary>
/// <param name="CacheTag">What stands in the names of its files, such as <c>cpython-311</c> (<c>sys.implementation.cache_tag</c>).</param>
/// <param name="Magic">The first bytes of its files, in hexadecimal.</param>
public sealed record ByteCodeFormat(string CacheTag, string Magic)
{
    /// <summary>The name of a module's file in <c>__pycache__</c>.</summary>
    public string FileNameOf(string module) => $"{module}.{CacheTag}.pyc";
}
