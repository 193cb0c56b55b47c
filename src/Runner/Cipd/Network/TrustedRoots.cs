using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Cipd.Network;

/// <summary>
/// The certificates that are trusted in place of the system's, as Go, Python and curl are told: <c>SSL_CERT_FILE</c> and <c>SSL_CERT_DIR</c>, else
/// <c>REQUESTS_CA_BUNDLE</c> or <c>CURL_CA_BUNDLE</c>.
/// </summary>
/// <param name="Policy">How chains are judged; null where the system's certificates count.</param>
internal sealed record TrustedRoots(X509ChainPolicy? Policy)
{
    /// <summary>Reads what the variables name; a failure when it cannot be read or holds no certificate.</summary>
    public static Result<TrustedRoots> Read(EnvironmentBlock environment)
    {
        var certificates = new X509Certificate2Collection();
        string[] named = [.. ((string[])["SSL_CERT_FILE", "SSL_CERT_DIR"]).Where(variable => environment.NonEmpty(variable) is not null)];
        if (named.Length == 0) named = [.. ((string[])["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]).Where(variable => environment.NonEmpty(variable) is not null).Take(1)];
        foreach (string variable in named)
        {
            string value = environment.NonEmpty(variable)!;
            if ((variable == "SSL_CERT_DIR" ? AddDirectories(certificates, value) : Directory.Exists(value) ? AddDirectories(certificates, value, variable) : AddFile(certificates, variable, value)) is { } failure)
                return failure;
        }
        if (named.Length == 0) return new TrustedRoots((X509ChainPolicy?)null);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(certificates);
        return new TrustedRoots(policy);
    }

    /// <summary>As in Go, what cannot be used in a directory is passed over, and so is a directory that is not there, as long as something is found.</summary>
    private static Failure? AddDirectories(X509Certificate2Collection certificates, string value, string variable = "SSL_CERT_DIR")
    {
        int before = certificates.Count;
        foreach (string directory in value.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Directory.Exists))
        {
            try
            {
                foreach (string file in Directory.EnumerateFiles(directory)) _ = AddFile(certificates, variable, file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another directory may do; where none does, that is said.
            }
        }
        return certificates.Count > before ? null : Unusable(variable, value, "no file there holds a certificate in PEM form");
    }

    private static Failure? AddFile(X509Certificate2Collection certificates, string variable, string path)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPem(Encoding.UTF8.GetString(RegularFile.ReadAll(path)));
            certificates.AddRange(found);
            return found.Count > 0 ? null : Unusable(variable, path, "it holds no certificate in PEM form");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Unusable(variable, path, exception.Message);
        }
    }

    private static Failure Unusable(string variable, string path, string reason) =>
        new("VPY3130", $"the certificates in '{path}', which {variable} names, cannot be used: {reason}") { NextStep = "correct the variable, or unset it" };
}
