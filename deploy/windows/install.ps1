<#
.SYNOPSIS
Installs the NocMonitor agent as a Windows service with recovery actions and an event log source. Run it again to upgrade.
.PARAMETER From
The folder that holds the published nocmonitor-agent.exe; default: the folder of this script.
.PARAMETER Collector
The collector's URL for a new configuration; an existing configuration is kept.
#>
#Requires -RunAsAdministrator
param(
    [string]$From = $PSScriptRoot,
    [string]$Collector = 'http://127.0.0.1:8490'
)
$ErrorActionPreference = 'Stop'

$service = 'NocMonitorAgent'
$program = Join-Path $env:ProgramFiles 'NocMonitor\Agent'
$state = Join-Path $env:ProgramData 'NocMonitor'
$config = Join-Path $state 'agent.json'
$exe = Join-Path $program 'nocmonitor-agent.exe'

if (-not (Test-Path (Join-Path $From 'nocmonitor-agent.exe'))) { throw "no nocmonitor-agent.exe in $From; use -From" }

if (Get-Service $service -ErrorAction SilentlyContinue) { Stop-Service $service -ErrorAction SilentlyContinue }
New-Item -ItemType Directory -Force $program, $state | Out-Null
Copy-Item (Join-Path $From '*') $program -Recurse -Force

if (-not (Test-Path $config)) {
    $sample = Get-Content (Join-Path $PSScriptRoot 'agent.json') -Raw
    Set-Content $config ($sample.Replace('http://127.0.0.1:8490', $Collector)) -Encoding UTF8
}
# The configuration can hold a token: administrators and the service alone read it.
icacls $state /inheritance:r /grant 'SYSTEM:(OI)(CI)F' 'Administrators:(OI)(CI)F' | Out-Null

& $exe check-config --config $config
if ($LASTEXITCODE -ne 0) { throw "mend $config and run this again" }

if (-not [Diagnostics.EventLog]::SourceExists('NocMonitor')) { [Diagnostics.EventLog]::CreateEventSource('NocMonitor', 'Application') }
$command = "`"$exe`" run --config `"$config`" --data `"$(Join-Path $state 'agent')`""
if (-not (Get-Service $service -ErrorAction SilentlyContinue)) {
    New-Service $service -BinaryPathName $command -DisplayName 'NocMonitor agent' -StartupType Automatic `
        -Description 'Probes this machine and its neighbours and sends points to a NocMonitor collector.' | Out-Null
} else {
    sc.exe config $service binPath= $command | Out-Null
}
# Delayed start leaves the boot alone; three restarts, then one a minute, forever.
sc.exe config $service start= delayed-auto | Out-Null
sc.exe failure $service reset= 86400 actions= restart/2000/restart/10000/restart/60000 | Out-Null
sc.exe failureflag $service 1 | Out-Null
Start-Service $service
Get-Service $service
