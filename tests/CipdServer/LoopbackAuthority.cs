using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VPythonTools.CipdServer;

/// <summary>An authority that nobody trusts by default, and the certificate that it gave to this machine's loopback names.</summary>
public sealed class LoopbackAuthority : IDisposable
{
    private LoopbackAuthority(string pem, X509Certificate2 certificate)
    {
        Pem = pem;
        Certificate = certificate;
    }

    /// <summary>The authority's own certificate, for clients to trust.</summary>
    public string Pem { get; }

    /// <summary>The certificate for <c>localhost</c>, <c>127.0.0.1</c> and <c>::1</c>, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Makes an authority; its own key is forgotten at once.</summary>
    /// <param name="isExpired">Whether the certificate's time is over.</param>
    public static LoopbackAuthority Create(bool isExpired = false)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Loopback test authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        using X509Certificate2 authority = authorityRequest.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // Server authentication.
        using X509Certificate2 signed = request.Create(authority, now.AddDays(-20), isExpired ? now.AddDays(-10) : now.AddDays(20), RandomNumberGenerator.GetBytes(16));
        return new(authority.ExportCertificatePem(), signed.CopyWithPrivateKey(key));
    }

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();
}
