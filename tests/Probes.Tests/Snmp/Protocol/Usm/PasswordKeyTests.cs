using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Probes.Tests.Snmp.Protocol.Usm;

/// <summary>
/// The vectors of RFC 3414 appendix A.3 and A.5's keys, the same for the SHA-2 family (reckoned with another implementation, Python's hashlib), and
/// both extensions.
/// </summary>
public class PasswordKeyTests
{
    private static readonly byte[] EngineId = Convert.FromHexString("000000000000000000000002");

    [TestCase(AuthProtocol.MD5, "9faf3283884e92834ebc9847d8edd963", "526f5eed9fcce26f8964c2930787d82b")]
    [TestCase(AuthProtocol.SHA1, "9fb5cc0381497b3793528939ff788d5d79145211", "6695febc9288e36282235fc7151f128497b38f3f")]
    [TestCase(AuthProtocol.SHA224, "282a5867ee9aac639ad59df9572c7d3ac0fbc13a905b6df07dbbf00b", "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674")]
    [TestCase(AuthProtocol.SHA256, "ab51014d1e077f6017df2b12bee5f5aa72993177e9bb569c4dff5a4ca0b4afac",
        "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b")]
    [TestCase(AuthProtocol.SHA384, "e06eccdf2c68a06ed034723c9c26e0db3b669e1e2efed49150b55377a2e98f383c86fb836857444654b287c93f51ff64",
        "3b298f16164a11184279d5432bf169e2d2a48307de02b3d3f7e2b4f36eb6f0455a53689a3937eea07319a633d2ccba78")]
    [TestCase(AuthProtocol.SHA512,
        "7e4396de5aadc77be853819b98c9406265b3a9c37cc3176569847a4e4f6fba63dd3a73d04924d31a63f95a601f9385af6be4ed1b37f87d040f7c6ed6f8d38a91",
        "22a5a36cedfcc085807a128d7bc6c2382167ad6c0dbc5fdff856740f3d84c099ad1ea87a8db096714d9788bd544047c9021e4229ce27e4c0a69250adfcffbb0b")]
    public void Keys_of_maplesyrup_are_the_published_ones(AuthProtocol protocol, string userKey, string localised)
    {
        var user = PasswordKey.FromPassword(protocol, "maplesyrup");
        var engine = PasswordKey.Localise(protocol, user, EngineId);

        Assert.That(Convert.ToHexStringLower(user), Is.EqualTo(userKey));
        Assert.That(Convert.ToHexStringLower(engine), Is.EqualTo(localised));
    }

    [TestCase(PrivProtocol.AES256, "526f5eed9fcce26f8964c2930787d82bfa24a92467426c2f4b09192be10dfaec")]
    [TestCase(PrivProtocol.AES256Reeder, "526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0a3a40abfac5acc12")]
    [TestCase(PrivProtocol.AES192, "526f5eed9fcce26f8964c2930787d82bfa24a92467426c2f")]
    [TestCase(PrivProtocol.AES192Reeder, "526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0")]
    [TestCase(PrivProtocol.AES128, "526f5eed9fcce26f8964c2930787d82b")]
    [TestCase(PrivProtocol.DES, "526f5eed9fcce26f8964c2930787d82b")]
    public void Keys_too_short_for_the_cipher_are_extended(PrivProtocol protocol, string expected)
    {
        var credentials = Some.User(AuthProtocol.MD5, protocol) with { PrivPassword = new("maplesyrup") };

        var key = new UsmKeyCache().LocalisePriv(credentials, EngineId);

        Assert.That(Convert.ToHexStringLower(key), Is.EqualTo(expected));
    }

    [Test]
    public void A_password_is_hashed_once_for_all_engines()
    {
        var cache = new UsmKeyCache();
        var credentials = Some.User(AuthProtocol.SHA256, PrivProtocol.AES128);
        cache.Prepare(credentials);

        var keys = Enumerable.Range(0, 100).Select(engine => cache.LocaliseAuth(credentials, [1, 2, 3, 4, (byte)engine])).ToList();

        Assert.That(keys.Select(Convert.ToHexString).Distinct().Count(), Is.EqualTo(100));
        Assert.That(cache.PasswordsHashed, Is.EqualTo(2));
    }

    [Test]
    public void A_key_that_is_slow_to_extend_is_extended_once_an_engine()
    {
        var cache = new UsmKeyCache();
        var credentials = Some.User(AuthProtocol.SHA1, PrivProtocol.AES256Reeder);

        var first = cache.LocalisePriv(credentials, EngineId);
        var second = cache.LocalisePriv(credentials, EngineId);

        Assert.That(second, Is.EqualTo(first).And.Length.EqualTo(32));
        Assert.That(cache.PasswordsHashed, Is.EqualTo(2), "the password, and its localised key once more");
    }
}
