using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Backtest;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Ingest;
using NocMonitor.Collector.Inventory;
using NocMonitor.Collector.Inventory.Files;
using NocMonitor.Collector.Inventory.Links;
using NocMonitor.Collector.Inventory.Proposals;
using NocMonitor.Collector.Query;
using NocMonitor.Collector.Tests.Hosting;

namespace NocMonitor.Collector.Tests.Query;

/// <summary>Holds the built-in OpenAPI document against the endpoints that exist and the records that are written.</summary>
public class ApiDescriptionTests
{
    [Test]
    public async Task Every_endpoint_is_described_and_every_description_has_its_endpoint()
    {
        await using var collector = await TestCollector.StartAsync();
        var document = JsonNode.Parse(await collector.Client.GetStringAsync("/openapi/v1.json"))!;

        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(verb => $"{verb.Key.ToUpperInvariant()} {path.Key}"));
        var mapped = collector.App.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().Concat(((IEndpointRouteBuilder)collector.App).DataSources)
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(verb => $"{verb} {endpoint.RoutePattern.RawText}"))
            .Where(endpoint => !endpoint.StartsWith("HEAD ", StringComparison.Ordinal)).Distinct();

        Assert.That(described, Is.EquivalentTo(mapped));
    }

    [TestCaseSource(nameof(Written))]
    public async Task A_described_answer_has_exactly_the_members_that_are_written(Type type, string[] members, string[] required)
    {
        await using var collector = await TestCollector.StartAsync();
        var schema = JsonNode.Parse(await collector.Client.GetStringAsync("/openapi/v1.json"))!["components"]!["schemas"]![type.Name]!;

        Assert.That(schema["properties"]!.AsObject().Select(member => member.Key), Is.EqualTo(members));
        Assert.That(schema["required"]!.AsArray().Select(member => member!.GetValue<string>()), Is.EqualTo(required));
    }

    private static IEnumerable<TestCaseData> Written()
    {
        (Type Type, JsonSerializerContext Context)[] types =
        [
            .. new[] { typeof(AlertView), typeof(TimelineView), typeof(NotificationView), typeof(AlertDetail), typeof(AlertList), typeof(HostView), typeof(HostList), typeof(HostForgotten),
                typeof(SeriesView), typeof(SeriesList), typeof(TransitionView), typeof(ReceiverView), typeof(OutboxList) }.Select(type => (type, (JsonSerializerContext)QueryJson.Plain)),
            .. new[] { typeof(HealthAnswer), typeof(ReadyAnswer), typeof(V1Error), typeof(V2Error) }.Select(type => (type, (JsonSerializerContext)IngestJson.Plain)),
            .. new[] { typeof(DeviceView), typeof(DeviceList), typeof(ChangeView), typeof(ProposalView), typeof(ProposalList), typeof(DecisionAnswer), typeof(DiscoveryAnswer),
                typeof(FileDeviceView), typeof(DifferentDeviceView), typeof(FaultView), typeof(ReconcileReport),
                typeof(LinkEndView), typeof(LinkView), typeof(ParentView), typeof(AgentRootView), typeof(LinkList), typeof(ParentAnswer) }
                .Select(type => (type, (JsonSerializerContext)InventoryJson.Plain)),
            .. new[] { typeof(BacktestReport), typeof(BacktestVersion), typeof(BacktestHost), typeof(BacktestAlert), typeof(BacktestDifference) }
                .Select(type => (type, (JsonSerializerContext)BacktestJson.Plain)),
            (typeof(Problem), ProblemJson.Plain),
        ];
        foreach (var (type, context) in types)
        {
            var members = context.GetTypeInfo(type)!.Properties;
            yield return new TestCaseData(type, members.Select(member => member.Name).ToArray(), members.Where(IsAlwaysThere).Select(member => member.Name).ToArray())
                .SetName($"{type.Name} is described as it is written");
        }
    }

    private static bool IsAlwaysThere(JsonPropertyInfo member) =>
        member.PropertyType.IsValueType ? Nullable.GetUnderlyingType(member.PropertyType) is null : !member.IsGetNullable;
}
