using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Polling;
using NocMonitor.Probes.Snmp.Polling.Plans;

namespace NocMonitor.Probes.Tests.Snmp.Polling;

public class SensorFieldTests
{
    [TestCase(234, 0.1, 23.4)]
    [TestCase(12059, 0.001, 12.059)]
    [TestCase(2195, 0.000001, 0.002195)]
    [TestCase(-849, 0.01, -8.49)]
    [TestCase(7, 1024, 7168)]
    [TestCase(10, 0.75, 7.5)]
    [TestCase(0, 0.1, 0)]
    public void Scaling_by_one_of_so_many_is_exact(double number, double factor, double expected) =>
        Assert.That(ValueNumbers.Scale(number, factor), Is.EqualTo(expected));

    [Test]
    public void A_reading_is_a_float_also_when_the_device_counts_whole_degrees()
    {
        var degrees = FieldValue.Of(28L);
        var text = FieldValue.Of("51.569 C");
        var word = FieldValue.Of("not available");

        Assert.That(FieldTypes.IsFloat("sensor", "value"), Is.True);
        Assert.That(FieldTypes.IsFloat("sensor", "status_level"), Is.False);
        Assert.That(FieldTypes.IsFloat("interface", "value"), Is.False);
        Assert.That(FieldTypes.TryFloat(ref degrees), Is.True);
        Assert.That(degrees, Is.EqualTo(FieldValue.Of(28.0)));
        Assert.That(FieldTypes.TryFloat(ref text), Is.True);
        Assert.That(text, Is.EqualTo(FieldValue.Of(51.569)));
        Assert.That(FieldTypes.TryFloat(ref word), Is.False);
    }

    [Test]
    public void The_unit_follows_from_the_class_unless_the_profile_states_another()
    {
        var usual = new Point("sensor").Tag("class", "temperature").Field("value", 21.5);
        var stated = new Point("sensor").Tag("class", "temperature").Field("value", 70.7).Field("unit", "°F");
        var count = new Point("sensor").Tag("class", "count").Field("value", 3.0);

        foreach (var point in new[] { usual, stated, count })
        {
            SensorUnits.Complete(point);
        }

        Assert.That(usual.FindField("unit")?.Text, Is.EqualTo("°C"));
        Assert.That(stated.FindField("unit")?.Text, Is.EqualTo("°F"));
        Assert.That(count.FindField("unit"), Is.Null);
    }
}
