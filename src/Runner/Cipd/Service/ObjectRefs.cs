using System.Diagnostics.CodeAnalysis;
using VPythonTools.Runner.Cipd.Protocol;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd.Service;

/// <summary>Instance IDs as the service writes them: the algorithm and the digest apart.</summary>
internal static class ObjectRefs
{
    /// <summary>The reference for an instance ID.</summary>
    public static ObjectRef Of(InstanceId instance) => new() { HashAlgo = (HashAlgo)instance.Algorithm, HexDigest = Convert.ToHexStringLower(instance.Digest) };

    /// <summary>The instance ID of a reference; false when it is none.</summary>
    public static bool TryRead([NotNullWhen(true)] ObjectRef? reference, out InstanceId instance)
    {
        instance = default;
        if (reference is null) return false;
        if (reference.HashAlgo == HashAlgo.Sha1) return InstanceId.TryParse(reference.HexDigest, out instance);
        byte[] digest;
        try
        {
            digest = Convert.FromHexString(reference.HexDigest);
        }
        catch (FormatException)
        {
            return false;
        }
        return (int)reference.HashAlgo is > 0 and <= byte.MaxValue
            && InstanceId.TryParse(System.Buffers.Text.Base64Url.EncodeToString([.. digest, (byte)reference.HashAlgo]), out instance);
    }
}
