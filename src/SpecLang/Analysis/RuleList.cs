using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>All rules. The build writes the lists: a rule is one file in <c>Rules/</c>, and nothing else names it.</summary>
public static partial class RuleList
{
    /// <summary>The rules that look at one spec.</summary>
    public static partial ImmutableArray<SpecRule> OfSpec { get; }

    /// <summary>The rules that look at several specs together.</summary>
    public static partial ImmutableArray<WorkspaceRule> OfWorkspace { get; }

    /// <summary>All of them, in the order of their identifiers.</summary>
    public static ImmutableArray<IRule> All => field.IsDefault
        ? field = [.. OfSpec.Concat<IRule>(OfWorkspace).OrderBy(static rule => rule.Descriptor.Id, StringComparer.Ordinal)]
        : field;
}
