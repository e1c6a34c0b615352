using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Security;
using NocMonitor.Collector.Tests.Hosting;

namespace NocMonitor.Collector.Tests.Security;

public class OwnRequestTests
{
    [TestCase(Access.Read, ExpectedResult = true)]
    [TestCase(Access.Write, ExpectedResult = false)]
    [TestCase(Access.Manage, ExpectedResult = false)]
    public async Task<bool> A_request_of_the_process_itself_reads_without_a_token_and_does_nothing_else(object needed)
    {
        await using var collector = await TestCollector.StartAsync();
        await collector.App.Services.GetRequiredService<TokenStore>().AddAsync("agent", TokenScope.Write, AccessToken.Hash("noc_secret"), CancellationToken.None);
        collector.RefreshTokens();
        var context = new DefaultHttpContext();
        context.Features.Set(OwnRequest.Mark);

        return collector.App.Services.GetRequiredService<RequestAccess>().Decide(context, (Access)needed).Allowed;
    }
}
