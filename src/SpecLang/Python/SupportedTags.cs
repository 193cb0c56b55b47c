using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Python;

/// <summary>
/// Which wheels an interpreter can use, best first: the list that pip makes (<c>pip debug --verbose</c>), computed from facts, so that it can be had for
/// hosts that are not here. The rules are those of PEP 425 and of the <c>packaging</c> library (<c>packaging.tags</c>), whose order this is.
/// </summary>
public static class SupportedTags
{
    /// <summary>The tags of the host, most specific first.</summary>
    public static ImmutableArray<Pep425Tag> Generate(HostFacts host)
    {
        ImmutableArray<string> platforms = SupportedPlatforms.Generate(host);
        string interpreter = $"{ShortName(host.Implementation)}{host.Major}{host.Minor}";
        IEnumerable<Pep425Tag> specific = host.Implementation == "cpython"
            ? CPython(host, interpreter, platforms)
            : OtherImplementation(host, interpreter, platforms);
        return [.. specific, .. PurePython(host, interpreter, platforms)];
    }

    /// <summary>The stable ABI (PEP 384) came with 3.2; builds without the global lock do not have it.</summary>
    private static IEnumerable<Pep425Tag> CPython(HostFacts host, string interpreter, ImmutableArray<string> platforms)
    {
        bool hasStableAbi = (host.Major, host.Minor).CompareTo((3, 2)) >= 0 && !IsFreeThreaded(host);

        foreach (string abi in CPythonAbis(host, interpreter))
            foreach (string platform in platforms) yield return new(interpreter, abi, platform);
        if (hasStableAbi)
            foreach (string platform in platforms) yield return new(interpreter, "abi3", platform);
        foreach (string platform in platforms) yield return new(interpreter, Pep425Tag.NoAbi, platform);
        if (!hasStableAbi) yield break;
        for (int minor = host.Minor - 1; minor >= 2; minor--)
            foreach (string platform in platforms) yield return new($"cp{host.Major}{minor}", "abi3", platform);
    }

    /// <summary>Before 3.8 the ABI said how memory is allocated (<c>m</c>), and debug builds could not load ordinary modules.</summary>
    private static ImmutableArray<string> CPythonAbis(HostFacts host, string interpreter)
    {
        string threading = IsFreeThreaded(host) ? "t" : "";
        string debug = host.IsDebug ? "d" : "";
        if ((host.Major, host.Minor).CompareTo((3, 8)) < 0) return [$"{interpreter}{debug}m"];
        return host.IsDebug ? [$"{interpreter}{threading}{debug}", $"{interpreter}{threading}"] : [$"{interpreter}{threading}"];
    }

    private static bool IsFreeThreaded(HostFacts host) => host.IsFreeThreaded && (host.Major, host.Minor).CompareTo((3, 13)) >= 0;

    private static IEnumerable<Pep425Tag> OtherImplementation(HostFacts host, string interpreter, ImmutableArray<string> platforms) =>
        from abi in host.SoAbi.Length == 0 ? [Pep425Tag.NoAbi] : new[] { AbiOf(host.SoAbi), Pep425Tag.NoAbi }
        from platform in platforms
        select new Pep425Tag(interpreter, abi, platform);

    /// <summary>The parts of SOABI that name the binary interface, without those that name the platform.</summary>
    private static string AbiOf(string soAbi)
    {
        string[] parts = soAbi.Split('-');
        int count = parts[0].StartsWith("pypy", StringComparison.Ordinal) ? 2
            : parts[0].StartsWith("graalpy", StringComparison.Ordinal) ? 3
            : parts.Length;
        return SupportedPlatforms.Normalize(string.Join('_', parts.Take(count)));
    }

    private static IEnumerable<Pep425Tag> PurePython(HostFacts host, string interpreter, ImmutableArray<string> platforms)
    {
        ImmutableArray<string> versions =
        [
            $"py{host.Major}{host.Minor}",
            $"py{host.Major}",
            .. Enumerable.Range(0, host.Minor).Reverse().Select(minor => $"py{host.Major}{minor}"),
        ];
        foreach (string version in versions)
            foreach (string platform in platforms) yield return new(version, Pep425Tag.NoAbi, platform);
        yield return new(interpreter, Pep425Tag.NoAbi, Pep425Tag.AnyPlatform);
        foreach (string version in versions) yield return new(version, Pep425Tag.NoAbi, Pep425Tag.AnyPlatform);
    }

    private static string ShortName(string implementation) => implementation switch
    {
        "python" => "py",
        "cpython" => "cp",
        "pypy" => "pp",
        "ironpython" => "ip",
        "jython" => "jy",
        _ => implementation.ToLowerInvariant(),
    };
}
