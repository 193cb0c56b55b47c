using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
            string[] paths = variable == "SSL_CERT_DIR" ? environment.NonEmpty(variable)!.Split(Path.PathSeparator) : [environment.NonEmpty(variable)!];
            foreach (string path in paths)
            {
                if (Add(certificates, variable, path) is { } failure) return failure;
            }
        }
        if (named.Length == 0) return new TrustedRoots((X509ChainPolicy?)null);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(certificates);
        return new TrustedRoots(policy);
    }

    private static Failure? Add(X509Certificate2Collection certificates, string variable, string path)
    {
        try
        {
            string[] files = Directory.Exists(path) ? Directory.GetFiles(path) : [path];
            int before = certificates.Count;
            foreach (string file in files) certificates.ImportFromPem(File.ReadAllText(file));
            return certificates.Count > before ? null : Unusable("it holds no certificate in PEM form");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Unusable(exception.Message);
        }

        Failure Unusable(string reason) =>
            new("VPY3130", $"the certificates in '{path}', which {variable} names, cannot be used: {reason}") { NextStep = "correct the variable, or unset it" };
    }
}
