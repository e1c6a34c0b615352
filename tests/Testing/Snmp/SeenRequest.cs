namespace NocMonitor.Testing.Snmp;

/// <summary>A request that a simulated device was asked, for tests to look at.</summary>
/// <param name="Kind">Get, GetNext or GetBulk.</param>
/// <param name="Names">What was asked for, in dotted form.</param>
public sealed record SeenRequest(string Kind, int Id, int MaxRepetitions, IReadOnlyList<string> Names)
{
    internal static SeenRequest Of(in SnmpRequest request)
    {
        var names = new List<string>();
        var varbinds = request.Varbinds;
        while (SnmpRequest.TakeName(ref varbinds, out var name))
        {
            names.Add(OidBytes.Format(name));
        }

        var kind = request.Type switch { SnmpRequest.Get => "Get", SnmpRequest.GetNext => "GetNext", _ => "GetBulk" };
        return new SeenRequest(kind, request.Id, request.Type == SnmpRequest.GetBulk ? request.MaxRepetitions : 0, names);
    }
}
