using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace NocMonitor.Collector.Hosting;

/// <summary>Kestrel as the collector wants it: HTTP/1.1 only, every size and time limited, certificates from our own options.</summary>
internal static class KestrelSetup
{
    public static void AddKestrel(this WebApplicationBuilder builder, CollectorOptions options)
    {
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options));
    }

    private static void Configure(KestrelServerOptions kestrel, CollectorOptions options)
    {
        var connections = options.Connections;
        var rate = new MinDataRate(connections.MinBytesPerSecond, connections.SlowGrace);
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.Limits.MaxConcurrentConnections = connections.MaxOpen;
        kestrel.Limits.MaxRequestBodySize = options.Ingest.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = (int)connections.MaxHeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = connections.HeaderTimeout;
        kestrel.Limits.KeepAliveTimeout = connections.IdleTimeout;
        kestrel.Limits.MinRequestBodyDataRate = rate;
        kestrel.Limits.MinResponseDataRate = rate;
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        if (options.Tls.CertificateFile is not null)
        {
            kestrel.ConfigureHttpsDefaults(https => UseCertificate(https, options.Tls));
        }
    }

    private static void UseCertificate(Microsoft.AspNetCore.Server.Kestrel.Https.HttpsConnectionAdapterOptions https, TlsOptions tls)
    {
        if (!tls.TryLoad(out var certificate, out var chain, out var reason))
        {
            throw new StartupException($"the certificate {tls.CertificateFile} {reason}");
        }

        https.ServerCertificate = certificate;
        https.ServerCertificateChain = chain;
    }
}
