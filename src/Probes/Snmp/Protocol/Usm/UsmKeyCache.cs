using NocMonitor.Configuration;

namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>
/// Keeps what is slow to make of passwords: the user's keys, which are the same for all engines, and with Reeder's extension each engine's key, which
/// costs as much again. Bounded: an engine too many empties the second. Any thread; all under the lock, so that a thousand devices that start
/// together make each key once.
/// </summary>
internal sealed class UsmKeyCache
{
    private const int MostEngines = 20_000;
    private const int DesKeyLength = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<(AuthProtocol, string), byte[]> _userKeys = [];
    private readonly Dictionary<(AuthProtocol, string, string), byte[]> _extended = [];

    /// <summary>How many keys were made of passwords.</summary>
    public int PasswordsHashed { get; private set; }

    /// <summary>Makes the user's keys before they are needed in a hurry.</summary>
    public void Prepare(SnmpCredentials credentials)
    {
        lock (_lock)
        {
            if (credentials is { Auth: not AuthProtocol.None, AuthPassword: { } auth })
            {
                UserKeyLocked(credentials.Auth, auth.Reveal());
            }

            if (credentials is { Priv: not PrivProtocol.None, PrivPassword: { } priv })
            {
                UserKeyLocked(credentials.Auth, priv.Reveal());
            }
        }
    }

    /// <summary>The key of authentication at an engine.</summary>
    public byte[] LocaliseAuth(SnmpCredentials credentials, ReadOnlySpan<byte> engineId) =>
        PasswordKey.Localise(credentials.Auth, UserKey(credentials.Auth, credentials.AuthPassword), engineId);

    /// <summary>The key of encryption at an engine, as long as the cipher wants it.</summary>
    public byte[] LocalisePriv(SnmpCredentials credentials, ReadOnlySpan<byte> engineId)
    {
        var length = KeyLength(credentials.Priv);
        var key = PasswordKey.Localise(credentials.Auth, UserKey(credentials.Auth, credentials.PrivPassword), engineId);
        key = key.Length >= length ? key
            : credentials.Priv is PrivProtocol.AES192Reeder or PrivProtocol.AES256Reeder ? ExtendReeder(credentials, key, engineId)
            : PasswordKey.ExtendBlumenthal(credentials.Auth, key, length);
        return key[..length];
    }

    private byte[] ExtendReeder(SnmpCredentials credentials, byte[] localised, ReadOnlySpan<byte> engineId)
    {
        var entry = (credentials.Auth, credentials.PrivPassword?.Reveal() ?? "", Convert.ToHexString(engineId));
        lock (_lock)
        {
            if (!_extended.TryGetValue(entry, out var key))
            {
                key = PasswordKey.ExtendReeder(credentials.Auth, localised, engineId, KeyLength(PrivProtocol.AES256Reeder));
                PasswordsHashed++;
                if (_extended.Count >= MostEngines)
                {
                    _extended.Clear();
                }

                _extended.Add(entry, key);
            }

            return key;
        }
    }

    private byte[] UserKey(AuthProtocol protocol, Secret? password)
    {
        lock (_lock)
        {
            return UserKeyLocked(protocol, password?.Reveal() ?? "");
        }
    }

    private byte[] UserKeyLocked(AuthProtocol protocol, string password)
    {
        if (!_userKeys.TryGetValue((protocol, password), out var key))
        {
            key = PasswordKey.FromPassword(protocol, password);
            PasswordsHashed++;
            _userKeys.Add((protocol, password), key);
        }

        return key;
    }

    private static int KeyLength(PrivProtocol protocol) => protocol switch
    {
        PrivProtocol.AES192 or PrivProtocol.AES192Reeder => 24,
        PrivProtocol.AES256 or PrivProtocol.AES256Reeder => 32,
        _ => DesKeyLength,
    };
}
