<#
.SYNOPSIS
Removes the NocMonitor agent's service and programs. Configuration and data stay unless -Purge is given.
#>
#Requires -RunAsAdministrator
param([switch]$Purge)
$ErrorActionPreference = 'Stop'

$service = 'NocMonitorAgent'
if (Get-Service $service -ErrorAction SilentlyContinue) {
    Stop-Service $service -ErrorAction SilentlyContinue
    sc.exe delete $service | Out-Null
}
if ([Diagnostics.EventLog]::SourceExists('NocMonitor')) { [Diagnostics.EventLog]::DeleteEventSource('NocMonitor') }
Remove-Item (Join-Path $env:ProgramFiles 'NocMonitor\Agent') -Recurse -Force -ErrorAction SilentlyContinue
$state = Join-Path $env:ProgramData 'NocMonitor'
if ($Purge) { Remove-Item $state -Recurse -Force -ErrorAction SilentlyContinue } else { "kept: $state; -Purge removes it" }
