using System.Collections.Concurrent;
using Google.Protobuf;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>The meanings of the specs that were looked at last, by their messages. Safe to be asked by several threads.</summary>
/// <param name="catalogue">What is known of packages.</param>
internal sealed class SpecMeanings(PackageCatalogue catalogue)
{
    /// <summary>When there are as many, all are forgotten: they would be looked for in vain anyway, and an editor asks for new ones all day.</summary>
    private const int Most = 256;

    /// <summary>Longer messages have a meaning of their own: nobody writes one twice, and it takes much memory.</summary>
    private const int LongestMessage = 64 << 10;

    private readonly ConcurrentDictionary<(ByteString, PlatformTable, bool), SpecMeaning> _known = new();

    /// <summary>What is known of packages.</summary>
    public PackageCatalogue Catalogue => catalogue;

    /// <summary>The meaning of a message.</summary>
    /// <param name="spec">The message, which must not change from now on.</param>
    /// <param name="table">The platforms.</param>
    /// <param name="isForFormerTool">See <see cref="SpecAnalysis.IsForFormerTool"/>.</param>
    public SpecMeaning Of(Spec spec, PlatformTable table, bool isForFormerTool)
    {
        if (spec.CalculateSize() > LongestMessage) return new(spec, catalogue, table, isForFormerTool);
        if (_known.Count >= Most) _known.Clear();
        return _known.GetOrAdd((spec.ToByteString(), table, isForFormerTool), _ => new(spec, catalogue, table, isForFormerTool));
    }
}
