<#
.SYNOPSIS
Builds NocMonitor, starts a collector and an agent that watches this machine, and shows points as they arrive.
.PARAMETER Data
Where samples, alerts, the agent's spool and both logs are kept.
.PARAMETER Urls
Where the collector listens.
.PARAMETER Config
A configuration laid over the appsettings.json of the source tree.
.PARAMETER Quiet
Show no points.
#>
param(
    [string]$Data = (Join-Path (Get-Location) 'data'),
    [string]$Urls = 'http://127.0.0.1:8490',
    [string]$Config = '',
    [switch]$Quiet
)
$ErrorActionPreference = 'Stop'

function Fail([string]$text) { [Console]::Error.WriteLine("run: $text"); exit 1 }

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) { Fail 'the .NET SDK 10 is missing: no dotnet in PATH; see https://dot.net' }
if ($Config -and -not (Test-Path $Config -PathType Leaf)) { Fail "cannot read the configuration $Config" }
try {
    New-Item -ItemType Directory -Force (Join-Path $Data 'logs') | Out-Null
    $probe = Join-Path $Data 'logs/.writable'
    Set-Content $probe '' ; Remove-Item $probe
} catch { Fail "cannot write to the data folder $Data" }
$Data = (Resolve-Path $Data).Path
$options = @()
if ($Config) { $options = @('--config', (Resolve-Path $Config).Path) }

$uri = [Uri]($Urls.Split(';')[0].Replace('*', '127.0.0.1').Replace('+', '127.0.0.1').Replace('0.0.0.0', '127.0.0.1'))
$client = New-Object Net.Sockets.TcpClient
try { $client.Connect('127.0.0.1', $uri.Port); $busy = $true } catch { $busy = $false } finally { $client.Dispose() }
if ($busy) { Fail "port $($uri.Port) is busy; stop what listens there or use -Urls http://127.0.0.1:ANOTHER" }

Write-Output 'Building (a minute or two the first time)'
foreach ($part in 'Collector', 'Agent') {
    dotnet build (Join-Path $PSScriptRoot "src/$part") -c Release -v quiet -nologo > (Join-Path $Data 'logs/build.log')
    if ($LASTEXITCODE -ne 0) { Fail "the build failed; all of it is in $Data/logs/build.log" }
}

Set-Location $PSScriptRoot
$collector = (Resolve-Path "src/Collector/bin/Release/net10.0/nocmonitor-collector.dll").Path
$agent = (Resolve-Path "src/Agent/bin/Release/net10.0/nocmonitor-agent.dll").Path
$local = $uri.GetLeftPart([UriPartial]::Authority)

function Start-Part([string]$name, [string[]]$arguments) {
    Start-Process dotnet -ArgumentList $arguments -NoNewWindow -PassThru `
        -RedirectStandardOutput (Join-Path $Data "logs/$name.log") -RedirectStandardError (Join-Path $Data "logs/$name.err.log")
}

$started = @()
try {
    $started += Start-Part 'collector' (@($collector, 'run') + $options + @('--urls', $Urls, '--data', (Join-Path $Data 'collector')))
    $ready = $false
    for ($i = 0; $i -lt 100 -and -not $ready -and -not $started[0].HasExited; $i++) {
        try { Invoke-WebRequest "$local/ready" -UseBasicParsing -TimeoutSec 1 | Out-Null; $ready = $true } catch { Start-Sleep -Milliseconds 100 }
    }
    if (-not $ready) { Fail "the collector did not start; its log is $Data/logs/collector.log" }
    $started += Start-Part 'agent' (@($agent, 'run') + $options + @('--collector', $local, '--data', (Join-Path $Data 'agent')))

    Write-Output "Collector: $local (a page of hosts and alerts; nocmonitor-collector status shows the same)"
    Write-Output "Data:      $Data (logs in $Data/logs)"
    Write-Output 'Stop:      Ctrl-C'
    if ($Quiet) { Wait-Process -Id $started.Id } else { dotnet $collector watch --url $local }
} finally {
    foreach ($process in $started) { if (-not $process.HasExited) { Stop-Process -Id $process.Id } }
}
