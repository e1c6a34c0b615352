namespace NocMonitor.EndToEnd.Tests.InfluxQl;

/// <summary>Queries that a collector and an InfluxDB have to answer alike, one a line; <c>$R</c> is the range of the points.</summary>
internal static class LiveQueries
{
    private const string Range = "time >= 1500000000s and time < 1500001200s";

    private const string Text = """
        select * from cpu limit 5
        select * from cpu group by host limit 2
        select usage, host from cpu where host = 'h1' limit 3
        select mean(usage) from cpu
        select mean(usage) from cpu where $R group by time(1m)
        select mean(usage) from cpu where $R group by time(1m), host
        select mean(usage) from cpu where $R group by time(1m) fill(none)
        select mean(usage) from cpu where $R group by time(1m) fill(previous)
        select mean(usage) from cpu where $R group by time(1m) fill(linear)
        select mean(usage) from cpu where $R group by time(1m) fill(7)
        select count(usage) from cpu where $R group by time(1m)
        select count(usage) from cpu where $R group by time(1m) fill(previous)
        select count(usage) from cpu where $R group by time(1m) fill(linear)
        select sum(n), min(n), max(n), mean(n), spread(n) from cpu where $R group by time(2m)
        select max(usage), min(usage) from cpu where $R group by time(2m), region
        select max(usage), host from cpu where $R group by time(2m)
        select min(usage), host, n from cpu where $R group by time(2m)
        select first(usage), last(usage) from cpu group by host
        select first(state), last(state) from cpu group by host
        select last(up) from cpu
        select first(up), host from cpu
        select last(*) from cpu
        select last(usage), * from cpu
        select median(usage), stddev(usage), mode(n) from cpu group by region
        select mode(state) from cpu group by host
        select mode(up) from cpu where $R group by time(1m), host
        select mean(usage) from cpu where time >= 0 and time < 5s group by time(1m, '1970-01-01T00:00:10Z')
        select percentile(usage, 95) from cpu where $R group by time(5m)
        select percentile(usage, 5), host from cpu
        select percentile(n, 50) from cpu group by host
        select percentile(usage, 0) from cpu
        select percentile(usage, 100) from cpu
        select percentile(usage, 99.9) from cpu
        select distinct(state) from cpu
        select distinct(state) from cpu where $R group by time(4m)
        select count(distinct(state)) from cpu group by host
        select count(distinct state) from cpu where $R group by time(4m)
        select top(usage, 3) from cpu
        select top(usage, 3), host from cpu
        select top(usage, host, 2) from cpu
        select bottom(usage, 3) from cpu group by region
        select bottom(n, host, 3), state from cpu
        select top(n, 2) from cpu where $R group by time(5m)
        select top(n, host, 2) from cpu where $R group by time(5m)
        select integral(n) from cpu where host='h0'
        select derivative(usage) from cpu where host='h1' limit 5
        select derivative(usage, 1m) from cpu where host='h1' limit 5
        select non_negative_derivative(in, 1s) from ctr
        select derivative(mean(usage), 1m) from cpu where $R group by time(1m)
        select non_negative_derivative(max(in), 1s) from ctr where time >= 1500000000s and time < 1500003000s group by time(5m)
        select difference(in) from ctr limit 4
        select non_negative_difference(in) from ctr
        select difference(max(in)) from ctr where time >= 1500000000s and time < 1500003000s group by time(5m)
        select moving_average(usage, 4) from cpu where host='h1' limit 5
        select moving_average(mean(usage), 3) from cpu where $R group by time(1m)
        select moving_average(n, 4) from cpu where host='h1' limit 5
        select cumulative_sum(n) from cpu where host='h2' limit 4
        select cumulative_sum(mean(usage)) from cpu where $R group by time(2m)
        select elapsed(usage) from cpu where host='h1' limit 4
        select elapsed(usage, 1s) from cpu where host='h1' limit 4
        select elapsed(mean(usage), 1s) from cpu where $R group by time(1m)
        select sum(usage)/count(usage) from cpu where $R group by time(1m), host
        select mean(usage)*2 + 1 as x, max(n)/10 from cpu where $R group by time(4m)
        select usage*2, n%7, n/4, n & 3, -n, usage - n from cpu limit 5
        select round(usage), floor(usage), ceil(usage), abs(usage-50), sqrt(usage), pow(usage,2), ln(usage), log(usage, 3), log2(usage), log10(usage), exp(usage/100) from cpu limit 4
        select sin(usage), cos(usage), tan(usage), asin(usage/200), acos(usage/200), atan(usage), atan2(usage, n) from cpu limit 3
        select round(mean(usage)) from cpu where $R group by time(3m)
        select usage from cpu where usage > 80 and host =~ /h[12]/
        select usage from cpu where state = 'crit' and up = true
        select usage from cpu where state != 'ok' limit 5
        select usage from cpu where state =~ /^c/ limit 5
        select usage from cpu where n > 100 or usage < 12
        select usage from cpu where (n > 100 and n < 120) or host = 'h3' limit 6
        select usage from cpu where region = '' limit 3
        select usage from cpu where region != '' limit 3
        select usage from cpu where host != 'h0' and region =~ /eu|us/ limit 4
        select usage from cpu where usage + n > 390
        select usage from cpu where 80 < usage and n < 100
        select mean(usage) from cpu where usage > 50 and $R group by time(1m)
        select mean(usage) from cpu, mem
        select mean(usage) from /cpu|mem/ group by host
        select usage from cpu, mem limit 2
        select mean(*) from cpu
        select mean(*) from cpu group by region
        select max(*) from cpu where $R group by time(10m)
        select mean(/us/) from cpu
        select /us|n/ from cpu limit 2
        select count(*) from cpu, mem
        select * from mem, cpu limit 1
        select *::field from cpu limit 1
        select *::tag, usage from cpu limit 1
        select usage::integer, n::float, state::float from cpu limit 2
        select usage from cpu group by * limit 1
        select usage from cpu group by /ho|reg/ limit 1
        select mean(usage) from cpu group by host, region
        select usage from cpu order by time desc limit 3
        select usage from cpu group by host order by time desc limit 2
        select mean(usage) from cpu where $R group by time(2m), host order by time desc
        select mean(usage) from cpu where $R group by time(2m) fill(previous) order by time desc
        select derivative(mean(usage), 1m) from cpu where $R group by time(2m) order by time desc
        select usage from cpu limit 3 offset 4
        select usage from cpu group by host limit 1 offset 2 slimit 2 soffset 1
        select mean(usage) from cpu where $R group by time(1m), host slimit 1
        select mean(usage) from cpu where $R group by time(1m) limit 3 offset 2
        select mean(usage) from cpu where $R group by time(90s, 30s)
        select mean(usage) from cpu where $R group by time(90s, -10s)
        select mean(usage) from cpu where time >= '2017-07-14' and time < '2017-07-15' group by time(1d) tz('Europe/Paris')
        select mean(usage) from cpu where time >= '2017-07-14' and time < '2017-07-15' group by time(12h) tz('America/New_York')
        select count(usage) from cpu where time >= '2017-03-25' and time < '2017-03-29' group by time(1d) fill(0) tz('Europe/Paris')
        select usage from cpu where time > '2017-07-14 02:40:00' and time < '2017-07-14T02:40:30Z'
        select usage from cpu where time > 1500000000s + 10s and time <= 1500000030s
        select max(m), host from (select mean(usage) as m from cpu group by host)
        select mean(m) from (select max(usage) as m from cpu group by host, region) group by region
        select * from (select max(usage) as m, mean(n) from cpu group by host)
        select * from (select usage, n from cpu where host = 'h1') limit 3
        select sum(d) from (select derivative(usage, 10s) as d from cpu group by host) where $R group by time(5m)
        select count(x) from (select usage * 2 as x from cpu) where x > 100
        select x from (select usage * 2 as x from cpu group by host) where host = 'h2' and x > 150 limit 3
        select mean(usage) from (select usage from cpu) where $R group by time(5m)
        select mean(usage) from (select usage from cpu) group by host
        select top(m, 2), host from (select mean(usage) as m from cpu group by host)
        select sum(c) from (select count(distinct(state)) as c from cpu group by host)
        select spread(s) from (select sum(n) as s from cpu where $R group by time(1m))
        select difference(last(in)) from (select in from ctr) where time >= 1500000000s and time < 1500003000s group by time(10m)
        select mean(usage) as a, max(a) from cpu
        select mean(usage) from cpu group by time(0s)
        select mean(usage) from cpu group by time(1x)
        select mean(usage), usage from cpu
        select foo(usage) from cpu
        select percentile(usage) from cpu
        select percentile(usage, 'a') from cpu
        select derivative(usage, 1) from cpu
        select derivative(mean(usage)) from cpu
        select derivative(usage) from cpu group by time(1m)
        select moving_average(usage, 1) from cpu
        select moving_average(usage, 2.5) from cpu
        select top(usage, 0) from cpu
        select top(usage) from cpu
        select top(usage, 5) from cpu limit 2
        select top(usage,2), bottom(usage,2) from cpu
        select distinct(usage), mean(n) from cpu
        select max(usage), min(n), host from cpu
        select usage from cpu fill(none)
        select usage from cpu group by time(1m)
        select mean(state) from cpu
        select sum(up) from cpu
        select state + 1 from cpu
        select usage + state from cpu
        select max(state) from cpu
        select integral(state) from cpu
        select holt_winters(usage, 2, 2) from cpu
        select holt_winters(mean(usage), 0, 2) from cpu group by time(1m)
        select sample(usage, 0) from cpu
        select elapsed(usage, 1) from cpu
        select cumulative_sum(usage, 2) from cpu
        select mean(usage, 2) from cpu
        select count() from cpu
        select time from cpu
        select mean(time) from cpu
        select usage from cpu where time = 'abc'
        select usage from cpu where time =~ /a/
        select usage from cpu where mean(usage) > 2
        select usage from cpu where usage
        select usage from cpu where 1 = 1 limit 1
        select usage from cpu where true limit 1
        select usage from cpu where false limit 1
        select mean(usage) from cpu group by usage
        select mean(usage) from cpu group by nothing
        select mean(usage) from cpu group by time(1m), time(2m)
        select mean(usage) from cpu group by foo(1m)
        select mean(usage) from cpu group by time()
        select mean(usage) from cpu group by 5
        select 5 from cpu
        select 'a' from cpu
        select usage, 5 from cpu
        select usage + 5 + 3 from cpu limit 1
        select (usage + 5) * (3 - n) from cpu limit 1
        select mean(usage) + max(n) * 2 from cpu
        select max(usage) - min(usage) as r from cpu where $R group by time(5m)
        select sum(nothing) + sum(n) from cpu
        select nothing, usage from cpu limit 1
        select mean(usage) from cpu where host = 'nope'
        select mean(usage) from nope
        select usage from cpu where $R and time < 1500000020s
        select exponential_moving_average(usage, 3) from cpu where host='h1' limit 4
        select holt_winters(mean(usage), 3, 0) from cpu where $R group by time(1m)
        select holt_winters_with_fit(max(n), 2, 0) from cpu where $R group by time(2m)
        select holt_winters(mean(usage), 4, 2) from cpu where host = 'h1' and $R group by time(1m)
        select holt_winters(mean(usage), 6, 4) from cpu where host = 'h1' and $R group by time(1m)
        select holt_winters_with_fit(mean(usage), 6, 4) from cpu where host = 'h2' and $R group by time(1m)
        select holt_winters(mean(usage), 6, 6) from cpu where host = 'h1' and $R group by time(30s)
        select holt_winters_with_fit(max(usage), 8, 6) from cpu where $R group by time(30s), host
        select holt_winters(first(usage), 24, 12) from cpu where $R group by time(20s), host
        select holt_winters_with_fit(sum(usage), 3, 7) from cpu where host = 'h3' and $R group by time(20s)
        select first(usage) from cpu where $R group by time(7m), host fill(linear)
        select last(n) from cpu where $R group by time(30s), host fill(linear)
        select last(state) from cpu where $R group by time(1m) fill(previous)
        select last(up) from cpu where $R group by time(1m) fill(0)
        select median(n) from cpu where $R group by time(3m) fill(100)
        select stddev(n) from cpu where $R group by time(10s), host limit 3
        select count(usage), mean(used) from cpu, mem
        select max(used) from mem; select max(usage) from cpu
        select usage from "cmp"."autogen"."cpu" limit 1
        select usage from cmp..cpu limit 1
        select usage from autogen.cpu limit 1
        select "usage" from "cpu" where "host" = 'h0' limit 1
        select "usage"::field from "cpu" where "host"::tag = 'h0' limit 1
        select mean(m) from (select mean(usage) as m from cpu where $R group by time(1m), host) where $R group by time(5m)
        select usage from cpu where up = true limit 3
        show tag keys from cpu
        show tag values from cpu with key in (host, region)
        show series from cpu where region = 'eu'
        show tag values from cpu with key = host where region =~ /u/ limit 2
        show measurements with measurement =~ /^c[pt]/
        """;

    public static IEnumerable<string> All => Text.Split('\n').Select(line => line.Replace("$R", Range, StringComparison.Ordinal));
}
