using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace NocMonitor.Collector.Hosting;

/// <summary>Kestrel as the collector wants it: HTTP/1.1 only, every size and time limited, certificates from our own options.</summary>
internal static class KestrelSetup
{
    public static void AddKestrel(this WebApplicationBuilder builder, CollectorOptions options)
    {
        var certificates = new ServerCertificates();
        if (certificates.Replace(options.Tls) is { } reason)
        {
            throw new StartupException(reason);
        }

        builder.Services.AddSingleton(certificates);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options, certificates));
    }

    private static void Configure(KestrelServerOptions kestrel, CollectorOptions options, ServerCertificates certificates)
    {
        var connections = options.Connections;
        var rate = new MinDataRate(connections.MinBytesPerSecond, connections.SlowGrace);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = connections.MaxOpen;
        kestrel.Limits.MaxRequestBodySize = options.Ingest.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = (int)connections.MaxHeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = connections.HeaderTimeout;
        kestrel.Limits.KeepAliveTimeout = connections.IdleTimeout;
        kestrel.Limits.MinRequestBodyDataRate = rate;
        kestrel.Limits.MinResponseDataRate = rate;
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        if (certificates.Current is not null)
        {
            kestrel.ConfigureHttpsDefaults(https => UseCertificate(https, certificates, connections.HeaderTimeout));
        }
    }

    /// <summary>The selector only tells Kestrel that there is one; each handshake takes the certificate in force with its chain.</summary>
    private static void UseCertificate(HttpsConnectionAdapterOptions https, ServerCertificates certificates, TimeSpan handshakeTimeout)
    {
        https.HandshakeTimeout = handshakeTimeout;
        https.ServerCertificateSelector = (_, _) => certificates.Current!.TargetCertificate;
        https.OnAuthenticate = (_, handshake) =>
        {
            handshake.ServerCertificateSelectionCallback = null;
            handshake.ServerCertificateContext = certificates.Current;
        };
    }
}
