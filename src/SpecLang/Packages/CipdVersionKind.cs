namespace VPythonTools.SpecLang.Packages;

/// <summary>What a CIPD version names an instance by.</summary>
public enum CipdVersionKind
{
    /// <summary>The hash of the instance's file: always the same instance.</summary>
    InstanceId,

    /// <summary>A <c>key:value</c> that was attached to an instance: the same instance as long as nobody moves it.</summary>
    Tag,

    /// <summary>A movable name such as <c>latest</c>.</summary>
    Ref,
}
