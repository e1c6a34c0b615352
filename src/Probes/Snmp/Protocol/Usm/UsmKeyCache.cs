namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>
/// Keeps what is slow to make of passwords: the user's keys, which are the same for all engines, and the whole keys of engines, which with Reeder's
/// extension cost as much again. Bounded: an engine too many empties the second. Any thread; all under the lock, so that a thousand devices that
/// start together make each key once.
/// </summary>
internal sealed class UsmKeyCache
{
    private const int MostEngines = 20_000;
    private const int DesKeyLength = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<(AuthProtocol, string), byte[]> _userKeys = [];
    private readonly Dictionary<(AuthProtocol, string, PrivProtocol, string, string), UsmKeys> _engineKeys = [];

    /// <summary>How many user keys were made of passwords.</summary>
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

    public UsmKeys Localise(SnmpCredentials credentials, ReadOnlySpan<byte> engineId)
    {
        if (credentials.Level == SecurityLevel.NoAuthNoPriv)
        {
            return UsmKeys.None;
        }

        var auth = credentials.AuthPassword?.Reveal() ?? "";
        var priv = credentials.Level == SecurityLevel.AuthPriv ? credentials.PrivPassword?.Reveal() ?? "" : "";
        var entry = (credentials.Auth, auth, credentials.Priv, priv, Convert.ToHexString(engineId));
        lock (_lock)
        {
            if (_engineKeys.TryGetValue(entry, out var keys))
            {
                return keys;
            }

            keys = new UsmKeys(
                PasswordKey.Localise(credentials.Auth, UserKeyLocked(credentials.Auth, auth), engineId),
                credentials.Level == SecurityLevel.AuthPriv ? PrivKeyLocked(credentials, priv, engineId) : []);
            if (_engineKeys.Count >= MostEngines)
            {
                _engineKeys.Clear();
            }

            _engineKeys.Add(entry, keys);
            return keys;
        }
    }

    private byte[] PrivKeyLocked(SnmpCredentials credentials, string password, ReadOnlySpan<byte> engineId)
    {
        var length = KeyLength(credentials.Priv);
        var key = PasswordKey.Localise(credentials.Auth, UserKeyLocked(credentials.Auth, password), engineId);
        key = credentials.Priv is PrivProtocol.AES192Reeder or PrivProtocol.AES256Reeder
            ? PasswordKey.ExtendReeder(credentials.Auth, key, engineId, length)
            : PasswordKey.ExtendBlumenthal(credentials.Auth, key, length);
        return key[..length];
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
