using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.InfluxQl;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.Fuzz;

/// <summary>What a client can ask: a text is read or refused with words, and what is read can be checked and written back as the same expression.</summary>
internal static class InfluxQlTarget
{
    private static readonly long Now = UnixNanoseconds.From(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));

    public static void Run(ReadOnlySpan<byte> input)
    {
        try
        {
            foreach (var statement in QueryParser.Parse(Encoding.UTF8.GetString(input), QueryParameters.None))
            {
                if (statement is SelectStatement select)
                {
                    Check(select);
                }
            }
        }
        catch (QueryException refusal) when (refusal.Message.Length > 0)
        {
            return;
        }
    }

    private static void Check(SelectStatement select)
    {
        SelectCompiler.Compile(select, Now);
        foreach (var field in select.Fields)
        {
            if (ReadsBack(field.Expr) && Again(field.Expr).ToString() != field.Expr.ToString())
            {
                throw new InvalidOperationException($"{field.Expr} reads back as something else");
            }
        }
    }

    private static Expr Again(Expr expr) => ((SelectStatement)QueryParser.Parse($"SELECT {expr} FROM m", QueryParameters.None)[0]).Fields[0].Expr;

    /// <summary>Only names and functions of names: numbers are written with three digits, as InfluxDB writes them.</summary>
    private static bool ReadsBack(Expr expr) => expr switch
    {
        Reference reference => reference.Name.Length > 0 && !reference.Name.Contains('.', StringComparison.Ordinal),
        Call call => call.Arguments.All(ReadsBack) && call.Name.All(letter => char.IsAsciiLetterOrDigit(letter)) && call.Name.Length > 0 && Keywords.Find(call.Name) == TokenKind.Identifier,
        Paren paren => ReadsBack(paren.Inner),
        _ => false,
    };
}
