namespace VPythonTools.SpecLang.Configuration;

/// <summary>A setting whose value means nothing, so that the default holds.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Value">Its value as written.</param>
/// <param name="Expected">What it can be, such as <c>true or false</c>.</param>
public readonly record struct SettingProblem(string Name, string Value, string Expected)
{
    /// <summary>The problem as a sentence without its end.</summary>
    public override string ToString() => $"the setting '{Name} = {Value}' has no effect: its value can be {Expected}";
}
