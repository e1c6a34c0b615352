using System.Text;
using NocMonitor.Configuration;

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>What a device is asked with: a community, or a user with its protocols and passwords. Immutable; prints no secret.</summary>
public sealed record SnmpCredentials
{
    private const int ShortestPassword = 8;
    private const int LongestUserName = 32;
    private const int LongestContext = 255;
    private static readonly string[] CommunityOptions = ["Community", "CommunityFile", "CommunityVariable"];
    private static readonly string[] UserOptions = ["UserName", "Auth", "AuthPassword", "Priv", "PrivPassword", "Context"];

    /// <summary>The name that targets refer to; empty where the credentials are written in place.</summary>
    public string Name { get; init; } = "";

    public SnmpVersion Version { get; init; } = SnmpVersion.V2c;

    /// <summary>Versions 1 and 2c; null for version 3.</summary>
    public Secret? Community { get; init; }

    /// <summary>Version 3; empty for the others.</summary>
    public string UserName { get; init; } = "";

    public AuthProtocol Auth { get; init; }

    public Secret? AuthPassword { get; init; }

    public PrivProtocol Priv { get; init; }

    public Secret? PrivPassword { get; init; }

    /// <summary>The context of version 3, such as a VLAN's; empty for the default one.</summary>
    public string Context { get; init; } = "";

    public SecurityLevel Level => Auth == AuthProtocol.None ? SecurityLevel.NoAuthNoPriv
        : Priv == PrivProtocol.None ? SecurityLevel.AuthNoPriv
        : SecurityLevel.AuthPriv;

    /// <summary>Reads credentials that have a name: a member of a map of sections.</summary>
    public static SnmpCredentials Read(string name, OptionReader options) => Read(options) with { Name = name };

    /// <summary>Reads credentials and checks that they fit together.</summary>
    public static SnmpCredentials Read(OptionReader options)
    {
        var credentials = new SnmpCredentials
        {
            Version = options.Choice("Version", SnmpVersion.V2c, "SNMP version."),
            Community = options.Secret("Community", "Community of versions 1 and 2c. It travels in clear text."),
            UserName = options.Text("UserName", "", "User of version 3, 1 to 32 bytes."),
            Auth = options.Choice("Auth", AuthProtocol.None, "How version 3 authenticates. MD5 and SHA1 are for devices that know nothing better."),
            AuthPassword = options.Secret("AuthPassword", "Password of Auth, 8 characters at least."),
            Priv = options.Choice("Priv", PrivProtocol.None,
                "How version 3 encrypts. AES192 and AES256 extend keys as net-snmp does, the two Reeder variants as Cisco does. DES is for devices that know nothing better."),
            PrivPassword = options.Secret("PrivPassword", "Password of Priv, 8 characters at least; AuthPassword unless set."),
            Context = options.Text("Context", "", "Context of version 3; most devices have only the default one."),
        };
        if (!options.Describing)
        {
            Check(credentials, options);
        }

        return credentials with { PrivPassword = credentials.PrivPassword ?? credentials.AuthPassword };
    }

    private static void Check(SnmpCredentials credentials, OptionReader options)
    {
        if (credentials.Version == SnmpVersion.V3)
        {
            CheckUser(credentials, options);
            return;
        }

        if (credentials.Community is null && !CommunityOptions.Any(options.Has))
        {
            options.Fail("Community", "is required for versions 1 and 2c; write it, or name CommunityFile or CommunityVariable");
        }

        foreach (var name in UserOptions.Where(options.Has))
        {
            options.Fail(name, "is for version 3 only; say Version V3");
        }
    }

    private static void CheckUser(SnmpCredentials credentials, OptionReader options)
    {
        if (Encoding.UTF8.GetByteCount(credentials.UserName) is < 1 or > LongestUserName)
        {
            options.Fail("UserName", $"version 3 needs a user name of 1 to {LongestUserName} bytes");
        }

        if (Encoding.UTF8.GetByteCount(credentials.Context) > LongestContext)
        {
            options.Fail("Context", $"must not be longer than {LongestContext} bytes");
        }

        if (credentials.Priv != PrivProtocol.None && credentials.Auth == AuthProtocol.None)
        {
            options.Fail("Priv", "encryption needs authentication (RFC 3411 section 3.4.3); say Auth");
        }

        if (options.Has("Community"))
        {
            options.Fail("Community", "is for versions 1 and 2c only");
        }

        Warn(credentials, options);
        CheckPassword(options, "AuthPassword", credentials.Auth != AuthProtocol.None, credentials.AuthPassword);
        CheckPassword(options, "PrivPassword", credentials.Priv != PrivProtocol.None, credentials.PrivPassword ?? credentials.AuthPassword);
    }

    private static void Warn(SnmpCredentials credentials, OptionReader options)
    {
        if (credentials.Auth == AuthProtocol.MD5)
        {
            options.Warn("Auth", "MD5 is broken; use SHA256 or better where the device knows it");
        }

        if (credentials.Priv == PrivProtocol.DES)
        {
            options.Warn("Priv", "DES is broken; use AES128 or better where the device knows it");
        }
    }

    /// <summary>RFC 3414 section 11.2: passwords have eight characters at least; devices refuse to be given shorter ones.</summary>
    private static void CheckPassword(OptionReader options, string name, bool needed, Secret? password)
    {
        if (needed && password is null && !options.Has($"{name}File") && !options.Has($"{name}Variable"))
        {
            options.Fail(name, $"is required; write it, or name {name}File or {name}Variable");
        }
        else if (needed && password is not null && password.Reveal().Length < ShortestPassword)
        {
            options.Fail(name, $"must have {ShortestPassword} characters at least");
        }
    }
}
