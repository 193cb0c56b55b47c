using System.Collections.Immutable;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>The platforms of each wheel of a spec. There are few different sets of them, however many wheels: wheels with the same platforms share them.</summary>
/// <param name="wheels">How many wheels there are; none has a platform yet.</param>
internal sealed class PlatformSets(int wheels)
{
    private readonly List<ImmutableArray<SupportedPlatform>> _sets = [[]];
    private readonly int[] _setOf = new int[wheels];

    /// <summary>The platforms of a wheel, in the order in which they were added.</summary>
    public ImmutableArray<SupportedPlatform> this[int wheel] => _sets[_setOf[wheel]];

    /// <summary>Adds a platform to some wheels, once to each however often it is named.</summary>
    /// <param name="platform">A platform that was not added before.</param>
    /// <param name="toWheels">Which wheels.</param>
    public void Add(SupportedPlatform platform, IEnumerable<int> toWheels)
    {
        int known = _sets.Count;
        var grown = new int[known];
        foreach (int wheel in toWheels)
        {
            int set = _setOf[wheel];
            if (set >= known) continue;
            if (grown[set] == 0)
            {
                grown[set] = _sets.Count;
                _sets.Add(_sets[set].Add(platform));
            }
            _setOf[wheel] = grown[set];
        }
    }
}
