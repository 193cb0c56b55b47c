namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>What happens when a lens is chosen.</summary>
public enum CodeLensAction
{
    /// <summary>It is told which spec a script gets, and why; or the spec is opened.</summary>
    ExplainSpec,

    /// <summary>The environment is shown, or it is looked whether there is one.</summary>
    ShowEnvironment,

    /// <summary>The script is run.</summary>
    Run,

    /// <summary>The environment is made.</summary>
    InstallEnvironment,

    /// <summary>The newer versions are written.</summary>
    UpgradeWheels,
}
