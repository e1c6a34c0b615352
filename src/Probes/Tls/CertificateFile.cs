using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NocMonitor.Probes.Tls;

/// <summary>Certificates in a file: PEM, one or many, or one in DER.</summary>
internal static class CertificateFile
{
    public const int MaxBytes = 4 << 20;

    /// <summary>All certificates of the file in their order, at least one.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is too large or holds no certificate.</exception>
    /// <exception cref="CryptographicException">What is in it is no certificate.</exception>
    public static X509Certificate2Collection Load(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length > MaxBytes)
        {
            throw new InvalidDataException($"{path} is longer than {MaxBytes} bytes");
        }

        var bytes = new byte[(int)file.Length];
        file.ReadExactly(bytes);
        return Parse(bytes, path);
    }

    private static X509Certificate2Collection Parse(byte[] bytes, string path)
    {
        var certificates = new X509Certificate2Collection();
        if (bytes.AsSpan().IndexOf("-----BEGIN "u8) < 0)
        {
            certificates.Add(X509CertificateLoader.LoadCertificate(bytes));
            return certificates;
        }

        certificates.ImportFromPem(System.Text.Encoding.UTF8.GetString(bytes));
        return certificates.Count > 0 ? certificates : throw new InvalidDataException($"{path} holds no certificate");
    }
}
