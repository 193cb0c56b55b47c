namespace VPythonTools.SpecLang.Packages;

/// <summary>The hash that names an instance, numbered as CIPD does (<c>cipd.HashAlgo</c>). Other numbers are algorithms that came later.</summary>
public enum InstanceIdAlgorithm
{
    /// <summary>None; no instance ID has it.</summary>
    Unspecified = 0,

    /// <summary>SHA-1, of the oldest instances.</summary>
    Sha1 = 1,

    /// <summary>SHA-256, of all new instances.</summary>
    Sha256 = 2,
}
