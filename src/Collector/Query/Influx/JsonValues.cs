using System.Text.Json;
using NocMonitor.TimeSeries.InfluxQl;
using ValueType = NocMonitor.TimeSeries.InfluxQl.ValueType;

namespace NocMonitor.Collector.Query.Influx;

internal static class JsonValues
{
    public static void Write(Utf8JsonWriter json, in Value value, long epochUnit, TimeZoneInfo? zone)
    {
        switch (value.Type)
        {
            case ValueType.Float when double.IsFinite(value.Float):
                json.WriteNumberValue(value.Float);
                break;
            case ValueType.Integer:
                json.WriteNumberValue(value.Integer);
                break;
            case ValueType.Unsigned:
                json.WriteNumberValue(value.Unsigned);
                break;
            case ValueType.Boolean:
                json.WriteBooleanValue(value.Boolean);
                break;
            case ValueType.Text:
                json.WriteStringValue(value.Text);
                break;
            case ValueType.Time when epochUnit > 0:
                json.WriteNumberValue(value.Integer / epochUnit);
                break;
            case ValueType.Time:
                json.WriteStringValue(value.TimeText(zone));
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
