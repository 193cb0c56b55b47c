using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VPythonTools.Runner.Cipd.Network;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd.Network;

public sealed class TrustedRootsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_cannot_be_used_in_a_directory_is_passed_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in directories");
        _directory.Write("roots/good.pem", MakeCertificate());
        _directory.Write("roots/broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        File.CreateSymbolicLink(_directory.Combine("roots", "dangling.pem"), "nowhere");
        using (Process pipe = Process.Start("mkfifo", _directory.Combine("roots", "pipe.pem"))) pipe.WaitForExit();
        TrustedRoots roots = Outcome.Value(Read($"{_directory.Combine("none")}{Path.PathSeparator}{_directory.Combine("roots")}"));
        Assert.Single(roots.Policy!.CustomTrustStore);
    }

    [Fact]
    public void Directories_without_any_certificate_are_refused()
    {
        _directory.Write("roots/readme", "nothing");
        Outcome.Failure(Read(_directory.Combine("roots")), "VPY3130", "SSL_CERT_DIR");
        Outcome.Failure(Read(_directory.Combine("none")), "VPY3130", "SSL_CERT_DIR");
    }

    private static Result<TrustedRoots> Read(string directories) => TrustedRoots.Read(EnvironmentBlock.Of([$"SSL_CERT_DIR={directories}"]));

    private static string MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=root", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.ExportCertificatePem();
    }
}
