using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Tests.Snmp.Protocol;

/// <summary>Things of which any will do.</summary>
internal static class Some
{
    public const string AuthPassword = "maplesyrup";
    public const string PrivPassword = "waffles and butter";

    public static readonly Oid SysUpTime = Oid.Parse("1.3.6.1.2.1.1.3.0");

    public static readonly PrivProtocol[] Ciphers = [.. Enum.GetValues<PrivProtocol>().Where(priv => priv != PrivProtocol.None)];

    public static SnmpCredentials User(AuthProtocol auth, PrivProtocol priv) => new()
    {
        Version = SnmpVersion.V3,
        UserName = $"{auth}-{priv}",
        Auth = auth,
        Priv = priv,
        AuthPassword = auth == AuthProtocol.None ? null : new Secret(AuthPassword),
        PrivPassword = priv == PrivProtocol.None ? null : new Secret(PrivPassword),
    };

    /// <summary>Every combination of authentication and encryption that the standards allow.</summary>
    public static IEnumerable<SnmpCredentials> Users =>
        from auth in Enum.GetValues<AuthProtocol>()
        from priv in Enum.GetValues<PrivProtocol>()
        where auth != AuthProtocol.None || priv == PrivProtocol.None
        select User(auth, priv);

    /// <summary>The protocols' names for Debian's net-snmp.</summary>
    public static string NetSnmpName(AuthProtocol auth) => auth switch
    {
        AuthProtocol.MD5 => "MD5",
        AuthProtocol.SHA1 => "SHA",
        _ => auth.ToString().Replace("SHA", "SHA-"),
    };

    public static string NetSnmpName(PrivProtocol priv) => priv switch
    {
        PrivProtocol.DES => "DES",
        PrivProtocol.AES128 => "AES",
        PrivProtocol.AES192 => "AES-192",
        PrivProtocol.AES256 => "AES-256",
        PrivProtocol.AES192Reeder => "AES-192-C",
        _ => "AES256C",
    };

    /// <summary>Lines for snmpd.conf that make the user and let it read everything.</summary>
    public static string SnmpdUser(SnmpCredentials user) => user.Level switch
    {
        SecurityLevel.NoAuthNoPriv => $"createUser {user.UserName}\nrouser {user.UserName} noauth\n",
        SecurityLevel.AuthNoPriv => $"createUser {user.UserName} {NetSnmpName(user.Auth)} \"{AuthPassword}\"\nrouser {user.UserName} auth\n",
        _ => $"createUser {user.UserName} {NetSnmpName(user.Auth)} \"{AuthPassword}\" {NetSnmpName(user.Priv)} \"{PrivPassword}\"\nrouser {user.UserName} priv\n",
    };

    public static Pdu Get(int requestId, byte[] room, params ReadOnlySpan<Oid> names)
    {
        var varbinds = new VarbindWriter(room);
        foreach (var name in names)
        {
            varbinds.TryAdd(name.Encoded);
        }

        return new Pdu(PduType.Get, requestId, varbinds.Written);
    }
}
