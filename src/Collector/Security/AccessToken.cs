using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NocMonitor.Collector.Security;

/// <summary>
/// Makes tokens and their hashes. A token carries 256 random bits, so one round of SHA-256 protects it as well as any slow password hash
/// would: there is no dictionary of likely tokens, and trying 2^255 of them is no attack. That keeps the check cheap for each request.
/// </summary>
internal static class AccessToken
{
    public const int HashLength = SHA256.HashSizeInBytes;
    private const string Prefix = "noc_";
    private const int RandomBytes = 32;

    /// <summary>A new token; the prefix lets secret scanners recognise a leaked one.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
