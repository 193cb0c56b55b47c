namespace VPythonTools.SpecLang.Platforms;

/// <summary>A mistake in a spec that shows when packages are selected for a platform.</summary>
/// <param name="Kind">What kind of mistake.</param>
/// <param name="WheelIndex">The index of the <c>wheel</c> entry that has it.</param>
/// <param name="Message">What is wrong.</param>
public sealed record SelectionProblem(SelectionProblemKind Kind, int WheelIndex, string Message)
{
    /// <summary>The index of the earlier entry that this one contradicts; null when the mistake is in one entry alone.</summary>
    public int? EarlierWheelIndex { get; init; }
}
