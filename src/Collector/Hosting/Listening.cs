using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace NocMonitor.Collector.Hosting;

/// <summary>Starting the host so that every reason an operator can mend becomes one line.</summary>
internal static class Listening
{
    public static async Task StartListeningAsync(this WebApplication app, CollectorOptions options, CancellationToken token)
    {
        foreach (var url in options.Urls)
        {
            app.Urls.Add(url);
        }

        try
        {
            await app.StartAsync(token);
            app.Services.GetRequiredService<StartupGate>().Pass();
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new StartupException($"cannot listen on {string.Join(", ", options.Urls)}: the port is in use; choose another with --urls", exception);
        }
        catch (Exception exception) when (exception is SocketException or IOException or InvalidOperationException && IsBinding(exception))
        {
            throw new StartupException($"cannot listen on {string.Join(", ", options.Urls)}: {exception.Message}", exception);
        }
    }

    /// <summary>Only the address binder's own complaints; any other exception is a bug to be seen whole.</summary>
    private static bool IsBinding(Exception exception) =>
        exception is SocketException
        || exception.InnerException is SocketException
        || exception.StackTrace?.Contains("AddressBinder", StringComparison.Ordinal) == true;
}
