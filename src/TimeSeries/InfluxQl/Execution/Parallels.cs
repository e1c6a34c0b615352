using System.Runtime.ExceptionServices;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>Runs parts of a query on several threads; the first failure is thrown as it was.</summary>
internal static class Parallels
{
    public static void Run(int parts, int threads, Action<int> part, CancellationToken token)
    {
        try
        {
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = token }, part);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
